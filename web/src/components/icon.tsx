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
  today: <path d="M3 3.5h10v10H3zM3 6.5h10M6 2v3M10 2v3" />,
  alert: <path d="M4 11V7.5a4 4 0 0 1 8 0V11l1.2 1.5H2.8zM6.8 14.2h2.4" />,
  jobs: <path d="M2.5 4h2M2.5 8h2M2.5 12h2M7 4h6.5M7 8h6.5M7 12h6.5" />,
  import: <path d="M8 2v7M5 6.5L8 9.5l3-3M2.5 10v3.5h11V10" />,
  bundle: <path d="M2.5 2.5h4.5v4.5h-4.5zM9 2.5h4.5v4.5H9zM2.5 9h4.5v4.5h-4.5zM9 9h4.5v4.5H9z" />,
  workflow: <path d="M2.5 2.5h4v4h-4zM9.5 9.5h4v4h-4zM6.5 4.5h5v5" />,
  settings: <path d="M2.5 4.5h6M11.5 4.5h2M2.5 11.5h2M7.5 11.5h6M8.5 3v3M4.5 10v3" />,
  person: (
    <path d="M8 8.2a2.8 2.8 0 1 0 0-5.6 2.8 2.8 0 0 0 0 5.6zM2.8 13.8a5.2 5.2 0 0 1 10.4 0" />
  ),
  more: <path d="M3.5 8v.1M8 8v.1M12.5 8v.1" />,
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
