// Changes one setting, and shows what it was before.
import { type FormEvent, useState } from "react";
import { announce } from "../announce";
import type { Setting } from "../api";
import { useSaveSetting, useSettingHistory } from "../queries";
import { whoWord } from "../words";
import { Button } from "./button";
import { Dialog } from "./dialog";
import { Field, fieldError } from "./field";
import { Problem } from "./problem";
import { Stamp } from "./stamp";
import { Loading } from "./states";

interface Props {
  setting: Setting;
  close: () => void;
}

export function EditSetting({ setting, close }: Props) {
  const save = useSaveSetting(setting.key);
  const [value, setValue] = useState(setting.value ?? "");
  const done = (text: string) => ({
    onSuccess: () => {
      announce(text);
      close();
    },
  });
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const reason = String(new FormData(event.currentTarget).get("reason")).trim();
    if (!save.isPending) save.mutate({ value, reason }, done("Saved."));
  };
  return (
    <Dialog title={setting.description || setting.key} close={close}>
      <form className="form" onSubmit={send}>
        <Field
          label="Value"
          hint={
            <>
              Allowed: {setting.allowed}. Usual value: {setting.default || "empty"}.
            </>
          }
          error={fieldError(save.error, "/value")}
        >
          {(wiring) => (
            <input
              {...wiring}
              name="value"
              value={value}
              maxLength={2000}
              autoComplete="off"
              spellCheck={false}
              onChange={(event) => setValue(event.target.value)}
              data-first
            />
          )}
        </Field>
        <Field label="Reason (if you like)" hint="It stands in the history.">
          {(wiring) => <input {...wiring} name="reason" maxLength={500} autoComplete="off" />}
        </Field>
        {save.error && <Problem error={save.error} busy={save.isPending} />}
        <div className="actions">
          {setting.origin === "database" && (
            <Button
              onClick={() => save.mutate({ value: null, reason: "" }, done("Back to the default."))}
            >
              Back to the default
            </Button>
          )}
          <Button onClick={close}>Cancel</Button>
          <Button type="submit" kind="primary" busy={save.isPending} busyWord="Saving…">
            Save
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

export function SettingHistory({ setting, close }: Props) {
  const history = useSettingHistory(setting.key);
  return (
    <Dialog title={`History: ${setting.description || setting.key}`} close={close} wide>
      {history.error && (
        <Problem error={history.error} busy={history.isFetching} retry={() => history.refetch()} />
      )}
      {history.isPending && <Loading lines={2} />}
      {history.data?.items.length === 0 && <p className="muted">It was never changed here.</p>}
      <ul className="plain-list">
        {history.data?.items.map((each) => (
          <li key={`${each.at} ${each.new_value}`}>
            <span className="meta">
              <Stamp at={each.at} /> {whoWord(each.who)}
            </span>{" "}
            {each.old_value ? <s>{each.old_value}</s> : <span className="muted">default</span>} →{" "}
            {each.new_value ?? <span className="muted">default</span>}
            {each.reason && <span className="meta"> {each.reason}</span>}
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
