// Credentials, mail, times, key SKUs, each with what is allowed and its history; and how this
// browser shows the pages.
import { useState } from "react";
import { Link } from "wouter";
import type { Setting } from "../api";
import { Button, WriteButton } from "../components/button";
import { CredentialsCard } from "../components/credentials_card";
import { DisplayChoices } from "../components/display_choices";
import { MailCard } from "../components/mail_card";
import { Moment } from "../components/moment";
import { Problem } from "../components/problem";
import { EditSetting, SettingHistory } from "../components/setting_dialogs";
import { Loading } from "../components/states";
import { useMay } from "../may";
import { usePageTitle } from "../page_title";
import { useSettings } from "../queries";
import { useShortcuts } from "../shortcuts";
import { jobWord, whoWord } from "../words";

type Ask = { what: "edit" | "history"; of: Setting };

function origin(of: Setting) {
  if (of.origin === "default") return "default";
  if (of.origin !== "database") return `from ${of.origin}`;
  if (!of.changed_at) return "changed here";
  return (
    <>
      changed <Moment at={of.changed_at} /> by {whoWord(of.changed_by)}
    </>
  );
}

function SettingRow({ of, ask }: { of: Setting; ask: (ask: Ask) => void }) {
  const name = nameOf(of);
  return (
    <li className="setting">
      <div className="grow">
        <h3>{name}</h3>
        <p className="setting-value">{of.value || <span className="muted">empty</span>}</p>
        <p className="meta">
          {origin(of)} · allowed: {of.allowed} · <span className="id">{of.key}</span>
        </p>
        {of.warning && <p className="field-error">{of.warning}</p>}
      </div>
      <div className="row">
        <Button
          small
          aria-label={`History of ${name}`}
          onClick={() => ask({ what: "history", of })}
        >
          History
        </Button>
        <WriteButton
          need="admin"
          small
          why={of.editable ? null : "It is set in the configuration file or the environment"}
          aria-label={`Change ${name}`}
          onClick={() => ask({ what: "edit", of })}
        >
          Change
        </WriteButton>
      </div>
    </li>
  );
}

const groupWords: Record<string, string> = {
  warehouse: "Warehouse and times",
  schedule: "When what runs",
  mail: "Who gets mail",
};
const firstGroups = ["warehouse", "orders", "schedule", "mail"];

function inOrder(groups: string[]): string[] {
  const place = (group: string) => {
    const at = firstGroups.indexOf(group);
    return at < 0 ? firstGroups.length : at;
  };
  return groups.toSorted((a, b) => place(a) - place(b));
}

// "schedule.kpi-snapshot" → "Figures of the day: when", else the server's own words.
function nameOf({ key, description }: Setting): string {
  const workflow = /^schedule\.(.+)$/.exec(key)?.[1];
  return workflow ? `${jobWord(workflow)}: when` : description || key;
}

interface Group {
  items: Setting[];
  ask: (ask: Ask) => void;
}

function SettingGroups({ items, ask }: Group) {
  const groups = inOrder([...new Set(items.map(({ category }) => category))]);
  return groups.map((group) => (
    <section key={group} className="card flush" aria-label={groupWords[group] ?? jobWord(group)}>
      <div className="card-head">
        <h2>{groupWords[group] ?? jobWord(group)}</h2>
      </div>
      <ul className="settings">
        {items
          .filter(({ category }) => category === group)
          .map((each) => (
            <SettingRow key={each.key} of={each} ask={ask} />
          ))}
      </ul>
    </section>
  ));
}

// What the configuration decides is there to be read, below what can be changed here.
function FromTheFile({ items, ask }: Group) {
  if (items.length === 0) return null;
  return (
    <details className="from-file">
      <summary>What the configuration file and the environment decide ({items.length})</summary>
      <div className="stack">
        <SettingGroups items={items} ask={ask} />
      </div>
    </details>
  );
}

export function SettingsPage() {
  usePageTitle("Settings");
  const settings = useSettings();
  const admin = useMay("admin");
  const operator = useMay("operator"); // mail addresses are not for every eye
  const [asked, setAsked] = useState<Ask | null>(null);
  useShortcuts({ r: () => void settings.refetch() });
  const close = () => setAsked(null);
  const items = settings.data?.items ?? [];
  return (
    <>
      <div className="page-head">
        <h1>Settings</h1>
        {admin && (
          <nav className="push row" aria-label="More settings">
            <Link href="/settings/users">Users and tokens</Link>
            <Link href="/settings/audit">Audit log</Link>
          </nav>
        )}
      </div>
      <CredentialsCard />
      {operator && <MailCard />}
      {settings.error && (
        <Problem
          error={settings.error}
          dataFrom={settings.dataUpdatedAt || null}
          busy={settings.isFetching}
          retry={() => settings.refetch()}
        />
      )}
      {settings.isPending && <Loading />}
      <SettingGroups items={items.filter(({ editable }) => editable)} ask={setAsked} />
      <FromTheFile items={items.filter(({ editable }) => !editable)} ask={setAsked} />
      <section className="card stack" aria-labelledby="display">
        <div className="row wrap">
          <h2 id="display">Display</h2>
          <span className="meta">Only for this browser.</span>
        </div>
        <DisplayChoices />
      </section>
      {asked?.what === "edit" && <EditSetting setting={asked.of} close={close} />}
      {asked?.what === "history" && <SettingHistory setting={asked.of} close={close} />}
    </>
  );
}
