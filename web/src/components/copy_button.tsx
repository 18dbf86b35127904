// Copies a number and says that it did.
import { useState } from "react";
import { copyText } from "../copy";
import { Icon } from "./icon";

export function CopyButton({ text, what }: { text: string; what: string }) {
  const [said, setSaid] = useState("");
  const copy = async () => setSaid((await copyText(text)) ? "Copied" : "Not allowed here");
  return (
    <span className="copy">
      <button type="button" className="quiet" onClick={copy} aria-label={`Copy ${what}`}>
        <Icon name="copy" />
      </button>
      <span role="status" className="meta">
        {said}
      </span>
    </span>
  );
}
