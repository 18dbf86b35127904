// Grey rows while nothing is known yet; the style shows them only after 150 ms.
export function SkeletonRows({ columns }: { columns: number }) {
  const cells = Array.from({ length: columns }, (_, index) => index);
  return [0, 1, 2, 3, 4, 5].map((row) => (
    <tr key={row} className="skeleton">
      {cells.map((cell) => (
        <td key={cell}>
          <span />
        </td>
      ))}
    </tr>
  ));
}
