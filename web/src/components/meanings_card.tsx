// The words of this page in a sentence each, for whoever meets them the first time.
import { fieldWord, meanings } from "../words";

export function MeaningsCard() {
  return (
    <details className="card meanings">
      <summary>What the words on this page mean</summary>
      <dl>
        {Object.entries(meanings).map(([word, means]) => (
          <div key={word}>
            <dt>{fieldWord(word).replace(/^./, (first) => first.toUpperCase())}</dt>
            <dd>{means}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
