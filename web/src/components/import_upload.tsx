// Takes a file in by hand: choose it, see what it would do, and only then let it.
import { useState } from "react";
import { useLocation } from "wouter";
import { announce } from "../announce";
import type { ImportPreview } from "../api";
import { plural } from "../format";
import { useImportFile, usePreviewImport } from "../queries";
import { Button, WriteButton } from "./button";
import { Field } from "./field";
import { FindingTable } from "./finding_table";
import { Problem } from "./problem";
import { Partial } from "./states";

const largest = 64 * 1024 * 1024; // bytes, as the server says

function wrongWith(file: File): string | null {
  if (file.size === 0) return "This file is empty.";
  if (file.size > largest) return "This file is larger than 64 MiB; it would be refused.";
  return null;
}

// "Take in 499 new and 2 changed orders"
function takeWord({ counts }: ImportPreview): string {
  const parts = [
    counts.inserted > 0 && `${counts.inserted} new`,
    counts.updated > 0 && `${counts.updated} changed`,
  ].filter(Boolean);
  if (parts.length === 0) return "Take it in all the same";
  return `Take in ${parts.join(" and ")} ${counts.inserted + counts.updated === 1 ? "order" : "orders"}`;
}

function Preview({ of }: { of: ImportPreview }) {
  const hidden = of.findings_total - of.findings.length;
  return (
    <>
      <p>
        <b>Preview, nothing changed yet.</b> {of.message}
      </p>
      {of.outcome === "refused" && <Partial>This file would be refused as a whole.</Partial>}
      {of.findings.length > 0 && <FindingTable name="What would not come in" rows={of.findings} />}
      {hidden > 0 && <p className="meta">{plural(hidden, "more finding")} not shown here.</p>}
    </>
  );
}

export function ImportUpload() {
  const [file, setFile] = useState<File | null>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  const [, navigate] = useLocation();
  const preview = usePreviewImport();
  const take = useImportFile();

  const forget = () => {
    setFile(null);
    setWrong(null);
    preview.reset();
    take.reset();
  };
  const choose = (chosen: File | undefined) => {
    forget();
    if (!chosen) return;
    const problem = wrongWith(chosen);
    setWrong(problem);
    if (problem) return;
    setFile(chosen);
    preview.mutate(chosen);
  };
  const takeIn = () => {
    if (!file) return;
    take.mutate(file, {
      onSuccess: ({ import_id }) => {
        announce(`${file.name} is being taken in.`);
        navigate(`/imports/${import_id}`);
      },
    });
  };

  return (
    <section className="card" aria-labelledby="upload">
      <div className="card-head">
        <h2 id="upload">Take a file in by hand</h2>
      </div>
      <Field
        label="The shop's file"
        hint="XML as the shop exports it, at most 64 MiB. You see first what it would do."
        error={wrong}
      >
        {(wiring) => (
          <input
            {...wiring}
            type="file"
            accept=".xml,application/xml,text/xml"
            onChange={(event) => choose(event.target.files?.[0])}
          />
        )}
      </Field>
      <div aria-live="polite" aria-busy={preview.isPending}>
        {preview.isPending && <p className="muted">Reading {file?.name}…</p>}
        {preview.error && <Problem error={preview.error} busy={false} />}
        {preview.data && <Preview of={preview.data} />}
      </div>
      {take.error && <Problem error={take.error} busy={false} />}
      {preview.data && (
        <div className="actions">
          <Button onClick={forget}>Discard</Button>
          <WriteButton
            need="operator"
            kind="primary"
            why={preview.data.outcome === "refused" ? "The file would be refused" : null}
            busy={take.isPending}
            busyWord="Sending…"
            onClick={takeIn}
          >
            {takeWord(preview.data)}
          </WriteButton>
        </div>
      )}
    </section>
  );
}
