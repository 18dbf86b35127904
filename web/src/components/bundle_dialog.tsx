// Adds a bundle or changes one: its components, and whether it is taken apart.
import { type FormEvent, useRef, useState } from "react";
import { announce } from "../announce";
import type { Bundle } from "../api";
import { usePutBundle } from "../queries";
import { Button } from "./button";
import { Dialog } from "./dialog";
import { Field } from "./field";
import { Problem } from "./problem";

interface Line {
  key: number;
  units: string;
  sku: string;
}

let nextKey = 0;
const line = (units: string, sku: string): Line => ({ key: nextKey++, units, sku });

const linesOf = (bundle: Bundle | null): Line[] =>
  bundle
    ? bundle.components.map(({ sku, multiplier }) => line(String(multiplier), sku))
    : [line("1", "")];

const most = 10_000;

function wrongWith(sku: string, lines: Line[]): string | null {
  if (!sku) return "The bundle needs a SKU.";
  if (lines.length === 0) return "A bundle needs at least one component.";
  for (const { units, sku: component } of lines) {
    if (!component.trim()) return "Every component needs a SKU.";
    const count = Number(units);
    if (!Number.isInteger(count) || count < 1 || count > most) {
      return `Units of ${component} are a whole number from 1 to 10000.`;
    }
  }
  return null;
}

interface Props {
  bundle: Bundle | null; // none: a new one
  close: () => void;
}

export function BundleDialog({ bundle, close }: Props) {
  const put = usePutBundle();
  const [lines, setLines] = useState(() => linesOf(bundle));
  const [wrong, setWrong] = useState<string | null>(null);
  const components = useRef<HTMLFieldSetElement>(null);
  const change = (key: number, to: Partial<Line>) =>
    setLines((all) => all.map((one) => (one.key === key ? { ...one, ...to } : one)));

  // The button goes with its line, and the focus with the button: it moves to the line before.
  const remove = (key: number, index: number) => {
    setLines((all) => all.filter((one) => one.key !== key));
    const fields = components.current?.querySelectorAll(".choice");
    const beside = fields?.[index === 0 ? 1 : index - 1];
    beside?.querySelector("input")?.focus();
  };

  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const sku = bundle?.sku ?? String(form.get("sku")).trim();
    const problem = wrongWith(sku, lines);
    setWrong(problem);
    if (put.isPending) return;
    put.reset();
    if (problem) return;
    put.mutate(
      {
        sku,
        body: {
          description: String(form.get("description")).trim(),
          active: form.get("active") !== null,
          components: lines.map((one) => ({
            sku: one.sku.trim(),
            multiplier: Number(one.units),
          })),
        },
      },
      {
        onSuccess: () => {
          announce(`Bundle ${sku} is stored.`);
          close();
        },
      },
    );
  };

  return (
    <Dialog title={bundle ? `Bundle ${bundle.sku}` : "Add a bundle"} close={close}>
      <form className="form" onSubmit={send} noValidate>
        {!bundle && (
          <Field label="SKU of the bundle" hint="As it stands in the shop's file.">
            {(wiring) => (
              <input {...wiring} name="sku" maxLength={50} autoComplete="off" data-first />
            )}
          </Field>
        )}
        <Field label="Description (if you like)">
          {(wiring) => (
            <input
              {...wiring}
              name="description"
              defaultValue={bundle?.description}
              maxLength={500}
              autoComplete="off"
            />
          )}
        </Field>
        <fieldset className="choices upright" ref={components}>
          <legend>One bundle is</legend>
          {lines.map((one, index) => (
            <div className="choice" key={one.key}>
              <input
                aria-label={`Units of component ${index + 1}`}
                inputMode="numeric"
                size={6}
                value={one.units}
                onChange={(event) => change(one.key, { units: event.target.value })}
              />
              <span aria-hidden="true">×</span>
              <input
                aria-label={`SKU of component ${index + 1}`}
                size={14}
                maxLength={50}
                value={one.sku}
                onChange={(event) => change(one.key, { sku: event.target.value })}
              />
              <Button
                small
                aria-label={`Remove component ${index + 1}`}
                why={lines.length === 1 ? "A bundle has at least one component" : null}
                onClick={() => remove(one.key, index)}
              >
                Remove
              </Button>
            </div>
          ))}
          <Button small onClick={() => setLines((all) => [...all, line("1", "")])}>
            Add a component
          </Button>
        </fieldset>
        <label className="choice">
          <input type="checkbox" name="active" defaultChecked={bundle?.active ?? true} /> Take it
          apart when orders come in
        </label>
        <p className="meta">
          Orders that wait to be uploaded follow with the next import; those that went further stay
          as they are.
        </p>
        {wrong && (
          <p className="field-error" role="alert">
            {wrong}
          </p>
        )}
        {put.error && <Problem error={put.error} busy={put.isPending} />}
        <div className="actions">
          <Button onClick={close}>Cancel</Button>
          <Button type="submit" kind="primary" busy={put.isPending} busyWord="Storing…">
            Store bundle
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
