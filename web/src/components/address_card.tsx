// A postal address as it would stand on the parcel.
import type { Address } from "../api";

export function AddressCard({ title, of }: { title: string; of: Address | null }) {
  const place = [of?.city, [of?.state, of?.postal_code].filter(Boolean).join(" "), of?.country];
  const lines = [
    of?.company,
    of?.name === of?.company ? null : of?.name,
    of?.street1,
    of?.street2,
    of?.street3,
    place.filter(Boolean).join(", "),
    of?.phone,
  ].filter(Boolean);
  return (
    <div>
      <h3 className="label">{title}</h3>
      {lines.length === 0 ? (
        <span className="muted">none</span>
      ) : (
        <address>
          {lines.map((line) => (
            <div key={line}>{line}</div>
          ))}
        </address>
      )}
    </div>
  );
}
