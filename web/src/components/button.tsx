// A button. When it cannot be pressed now it says why, and stays reachable for the keyboard so that
// the reason can be read there too.
import { type ComponentProps, useId } from "react";
import type { Role } from "../api";
import { useWhyNot } from "../may";

interface Props extends Omit<ComponentProps<"button">, "disabled"> {
  kind?: "primary" | "danger" | "plain";
  small?: boolean;
  why?: string | null; // why not now
  busy?: boolean;
  busyWord?: string;
}

export function Button(props: Props) {
  const { kind = "plain", small, why, busy = false, busyWord, children, ...rest } = props;
  const reason = useId();
  const stopped = busy || Boolean(why);
  const classes = ["button", kind !== "plain" && kind, small && "small", rest.className];
  return (
    <>
      <button
        type="button"
        {...rest}
        className={classes.filter(Boolean).join(" ")}
        title={why ?? rest.title}
        aria-disabled={stopped || undefined}
        aria-describedby={why ? reason : rest["aria-describedby"]}
        onClick={(event) => {
          if (stopped) event.preventDefault();
          else rest.onClick?.(event);
        }}
      >
        {busy ? (busyWord ?? children) : children}
      </button>
      {why && (
        <span id={reason} className="visually-hidden">
          {why}
        </span>
      )}
    </>
  );
}

// A button that writes: it knows who may press it, and that it needs the server.
export function WriteButton({ need, why, ...rest }: Props & { need: Role }) {
  const notAllowed = useWhyNot(need);
  return <Button {...rest} why={notAllowed ?? why} />;
}
