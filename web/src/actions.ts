// What can be done from everywhere by name: the command palette lists it below the pages.
import { useLocation } from "wouter";
import { announce } from "./announce";
import { useLeave } from "./leaving";
import { useWhyNot } from "./may";
import { useSession, useStartSync } from "./queries";
import { useSingleKeys, useTheme } from "./settings";

export interface Action {
  word: string;
  hint: string; // also why it cannot be done now
  act: () => void;
}

function useSyncNow(): Action {
  const [, navigate] = useLocation();
  const whyNot = useWhyNot("operator");
  const { mutateAsync } = useStartSync();
  const start = () =>
    void mutateAsync().then(
      (asked) => {
        announce(asked.already_running ? "A sync was already on its way." : "A sync is started.");
        navigate("/sync");
      },
      (error: Error) => announce(error.message, "warn"),
    );
  return {
    word: "Sync now",
    hint: whyNot ?? "action",
    act: whyNot ? () => announce(whyNot, "warn") : start,
  };
}

function isDark(theme: string): boolean {
  if (theme !== "system") return theme === "dark";
  return window.matchMedia("(prefers-color-scheme: dark)").matches;
}

// `help` opens the dialog of keys.
export function useActions(help: () => void): Action[] {
  const sync = useSyncNow();
  const leave = useLeave();
  const signedIn = useSession().data?.user?.kind === "user";
  const [theme, setTheme] = useTheme();
  const [singleKeys, setSingleKeys] = useSingleKeys();
  const dark = isDark(theme);
  return [
    sync,
    {
      word: dark ? "Switch to the light theme" : "Switch to the dark theme",
      hint: "action",
      act: () => setTheme(dark ? "light" : "dark"),
    },
    { word: "Keyboard and display", hint: "action · ?", act: help },
    {
      word: singleKeys ? "Switch single-key shortcuts off" : "Switch single-key shortcuts on",
      hint: "action",
      act: () => setSingleKeys(!singleKeys),
    },
    ...(signedIn ? [{ word: "Sign out", hint: "action", act: leave }] : []),
  ];
}
