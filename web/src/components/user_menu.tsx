// Who is signed in, with their role; a native popover with what they may do about it.
import { useId, useRef, useState } from "react";
import { Link } from "wouter";
import { useLeave } from "../leaving";
import { useSession } from "../queries";
import { roleWord } from "../words";
import { Icon } from "./icon";
import { PasswordDialog } from "./password_dialog";

export function UserMenu() {
  const id = useId();
  const menu = useRef<HTMLDivElement>(null);
  const [changing, setChanging] = useState(false);
  const session = useSession();
  const leave = useLeave();
  const user = session.data?.user;
  if (!user) return null;

  return (
    <>
      <button
        type="button"
        className="who"
        popoverTarget={id}
        aria-label={`Signed in: ${user.name}`}
      >
        <Icon name="person" />
        <span>{user.name}</span>
      </button>
      <div ref={menu} id={id} popover="auto" className="menu">
        <p>
          <b>{user.name}</b> <span className="meta">{roleWord(user.role)}</span>
        </p>
        {session.data?.secure === false && (
          <p className="meta">This connection is not encrypted (http).</p>
        )}
        <div className="menu-list">
          <Link href="/settings" onClick={() => menu.current?.hidePopover()}>
            Settings
          </Link>
          {user.kind === "user" && (
            <>
              <button
                type="button"
                onClick={() => {
                  menu.current?.hidePopover();
                  setChanging(true);
                }}
              >
                Change password
              </button>
              <button type="button" onClick={leave}>
                Sign out
              </button>
            </>
          )}
        </div>
      </div>
      {changing && <PasswordDialog close={() => setChanging(false)} />}
    </>
  );
}
