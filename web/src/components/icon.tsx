// The few shapes that go with a state, so that colour is never the only sign.
const shapes = {
  check: <path d="M3 8.5l3.2 3.2L13 5" />,
  dashed: <circle cx="8" cy="8" r="5.5" strokeDasharray="3 2.7" />,
  triangle: <path d="M8 2.5l6 11H2zM8 6.5v3M8 11.6v.1" />,
  octagon: <path d="M5.5 2h5L14 5.5v5L10.5 14h-5L2 10.5v-5zM8 5v3.5M8 11v.1" />,
  pause: <path d="M6 4v8M10 4v8" />,
  slash: (
    <>
      <circle cx="8" cy="8" r="5.5" />
      <path d="M4.2 11.8l7.6-7.6" />
    </>
  ),
  tally: <path d="M3 2v12M6 2v12M9 2v12M12 2v12M1 12L15 4" />,
  orders: <path d="M2.5 4.5L8 2l5.5 2.5v7L8 14l-5.5-2.5zM2.5 4.5L8 7l5.5-2.5M8 7v7" />,
  sync: <path d="M13 6A5.3 5.3 0 0 0 3.5 5M3 10a5.3 5.3 0 0 0 9.5 1M3.3 2v3h3M12.7 14v-3h-3" />,
  search: (
    <>
      <circle cx="7" cy="7" r="4.5" />
      <path d="M10.5 10.5L14 14" />
    </>
  ),
  copy: <path d="M5.5 5.5h8v8h-8zM3.5 10.5h-1v-8h8v1" />,
};

export type IconName = keyof typeof shapes;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 16 16" aria-hidden="true">
      {shapes[name]}
    </svg>
  );
}
