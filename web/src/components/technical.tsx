// What a partner or a library said word for word, for whoever helps: folded away.
export function Technical({ text }: { text: string | null }) {
  if (!text) return null;
  return (
    <details className="technical">
      <summary>For support</summary>
      <span className="breakable">{text}</span>
    </details>
  );
}
