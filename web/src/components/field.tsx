// A form's field: its name above, what is allowed below, and what is wrong with it in words.
import { type ReactNode, useId } from "react";
import { ApiError } from "../api";

interface Wiring {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": boolean | undefined;
}

interface Props {
  label: string;
  hint?: ReactNode;
  error?: string | null;
  children: (wiring: Wiring) => ReactNode;
}

export function Field({ label, hint, error, children }: Props) {
  const id = useId();
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  return (
    <div className="form-field">
      <label htmlFor={id}>{label}</label>
      {children({
        id,
        "aria-describedby": described || undefined,
        "aria-invalid": error ? true : undefined,
      })}
      {hint && (
        <p id={`${id}-hint`} className="meta">
          {hint}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} className="field-error">
          {error}
        </p>
      )}
    </div>
  );
}

// What the server says about one member of the body: "/password".
export function fieldError(error: Error | null, pointer: string): string | null {
  if (!(error instanceof ApiError)) return null;
  return error.fields.find((field) => field.pointer === pointer)?.detail ?? null;
}
