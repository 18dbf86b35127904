// Who may sign in, and which programs may ask.
import { useState } from "react";
import { Link } from "wouter";
import { announce } from "../announce";
import type { Token, User } from "../api";
import { Badge } from "../components/badge";
import { WriteButton } from "../components/button";
import { type Column, DataTable } from "../components/data_table";
import { Moment } from "../components/moment";
import { Problem } from "../components/problem";
import { Stamp } from "../components/stamp";
import { Empty } from "../components/states";
import { AddToken, AddUser, ChangeUser } from "../components/user_dialogs";
import { usePageTitle } from "../page_title";
import { useTokenActions, useTokens, useUsers } from "../queries";
import { useShortcuts } from "../shortcuts";
import { type Look, roleWord, whoWord } from "../words";

const active: Look = { tone: "ok", icon: "check", word: "Active" };
const shutOut: Look = { tone: "idle", icon: "slash", word: "Shut out" };
const revoked: Look = { tone: "idle", icon: "slash", word: "Revoked" };

const userColumns = (change: (user: User) => void): Column<User>[] => [
  { key: "user", word: "Name", cell: (row) => <b>{row.name}</b> },
  { key: "role", word: "Role", cell: (row) => roleWord(row.role) },
  {
    key: "status",
    word: "State",
    cell: (row) => <Badge look={row.disabled ? shutOut : active} />,
  },
  {
    key: "seen",
    word: "Last seen",
    cell: (row) => (row.last_seen_at ? <Moment at={row.last_seen_at} /> : "never"),
  },
  { key: "sessions", word: "Sessions", number: true, cell: (row) => row.sessions },
  { key: "since", word: "Since", cell: (row) => <Stamp at={row.created_at} /> },
  {
    key: "act",
    word: <span className="visually-hidden">Action</span>,
    cell: (row) => (
      <WriteButton need="admin" small aria-label={`Change ${row.name}`} onClick={() => change(row)}>
        Change
      </WriteButton>
    ),
  },
];

function Revoke({ token }: { token: Token }) {
  const { revoke } = useTokenActions();
  const [sure, setSure] = useState(false);
  if (token.revoked) return null;
  if (!sure) {
    return (
      <WriteButton
        need="admin"
        small
        aria-label={`Revoke ${token.name}`}
        onClick={() => setSure(true)}
      >
        Revoke
      </WriteButton>
    );
  }
  return (
    <WriteButton
      need="admin"
      small
      kind="danger"
      autoFocus
      busy={revoke.isPending}
      busyWord="Revoking…"
      aria-label={`Really revoke ${token.name}: programs with it are refused at once`}
      onClick={() =>
        revoke.mutate(token.token_id, {
          onSuccess: () => announce(`Token ${token.name} is revoked.`),
          onError: (error) => announce(error.message, "warn"),
        })
      }
    >
      Really revoke
    </WriteButton>
  );
}

const tokenColumns: Column<Token>[] = [
  { key: "purpose", word: "For what", cell: (row) => <b>{row.name}</b> },
  { key: "role", word: "Role", cell: (row) => roleWord(row.role) },
  {
    key: "status",
    word: "State",
    cell: (row) => <Badge look={row.revoked ? revoked : active} />,
  },
  {
    key: "seen",
    word: "Last used",
    cell: (row) => (row.last_used_at ? <Moment at={row.last_used_at} /> : "never"),
  },
  {
    key: "until",
    word: "Good until",
    cell: (row) => (row.expires_at ? <Stamp at={row.expires_at} /> : "for ever"),
  },
  { key: "by", word: "Made by", cell: (row) => whoWord(row.created_by) },
  {
    key: "act",
    word: <span className="visually-hidden">Action</span>,
    cell: (row) => <Revoke token={row} />,
  },
];

export function UsersPage() {
  usePageTitle("Users and tokens");
  const users = useUsers();
  const tokens = useTokens();
  const [asked, setAsked] = useState<User | "user" | "token" | null>(null);
  const close = () => setAsked(null);
  useShortcuts({
    r: () => {
      void users.refetch();
      void tokens.refetch();
    },
  });
  return (
    <>
      <div className="page-head">
        <nav aria-label="Breadcrumb" className="crumbs">
          <Link href="/settings">Settings</Link>
          <span aria-hidden="true">/</span>
        </nav>
        <h1>Users and tokens</h1>
      </div>
      <section className="card flush" aria-labelledby="users">
        <div className="card-head">
          <h2 id="users">Users</h2>
          <div className="push">
            <WriteButton need="admin" small onClick={() => setAsked("user")}>
              Add user
            </WriteButton>
          </div>
        </div>
        {users.error && (
          <Problem
            error={users.error}
            dataFrom={users.dataUpdatedAt || null}
            busy={users.isFetching}
            retry={() => users.refetch()}
          />
        )}
        {users.data?.items.length === 0 && (
          <Empty>Nobody has an account yet. Add the first user.</Empty>
        )}
        {!(users.error && !users.data) && users.data?.items.length !== 0 && (
          <DataTable
            name="Users"
            className="stacked"
            columns={userColumns(setAsked)}
            rows={users.data?.items ?? null}
            rowKey={(row) => row.name}
          />
        )}
      </section>
      <section className="card flush" aria-labelledby="tokens">
        <div className="card-head">
          <h2 id="tokens">Tokens</h2>
          <span className="meta">For programs that use the HTTP interface.</span>
          <div className="push">
            <WriteButton need="admin" small onClick={() => setAsked("token")}>
              Add token
            </WriteButton>
          </div>
        </div>
        {tokens.error && (
          <Problem
            error={tokens.error}
            dataFrom={tokens.dataUpdatedAt || null}
            busy={tokens.isFetching}
            retry={() => tokens.refetch()}
          />
        )}
        {tokens.data?.items.length === 0 && <Empty>No program has a token.</Empty>}
        {!(tokens.error && !tokens.data) && tokens.data?.items.length !== 0 && (
          <DataTable
            name="Tokens"
            className="stacked"
            columns={tokenColumns}
            rows={tokens.data?.items ?? null}
            rowKey={(row) => row.token_id}
          />
        )}
      </section>
      {asked === "user" && <AddUser close={close} />}
      {asked === "token" && <AddToken close={close} />}
      {asked && typeof asked === "object" && <ChangeUser user={asked} close={close} />}
    </>
  );
}
