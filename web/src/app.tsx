// Which address shows which page, and who may see any: without a session there is only the sign-in.
import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useEffect } from "react";
import { Redirect, Route, Switch, useLocation, useSearch } from "wouter";
import { heard } from "./api/call";
import { ZoneContext } from "./clock";
import { Problem } from "./components/problem";
import { Shell } from "./components/shell";
import { startLive } from "./live";
import { AlertsPage } from "./pages/alerts";
import { AuditPage } from "./pages/audit";
import { BundlesPage } from "./pages/bundles";
import { ImportPage } from "./pages/import";
import { ImportsPage } from "./pages/imports";
import { JobPage } from "./pages/job";
import { JobsPage } from "./pages/jobs";
import { MissingPage } from "./pages/missing";
import { OrderPage } from "./pages/order";
import { OrdersPage } from "./pages/orders";
import { SettingsPage } from "./pages/settings";
import { SetupPage } from "./pages/setup";
import { SignInPage, signInAddress } from "./pages/sign_in";
import { SyncPage } from "./pages/sync";
import { TodayPage } from "./pages/today";
import { UsersPage } from "./pages/users";
import { WorkflowsPage } from "./pages/workflows";
import { useBootstrap, useReadAhead, useSession } from "./queries";

// Lets the pages through when somebody is signed in or nobody needs to be.
function Door({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const session = useSession();
  const [path] = useLocation();
  const search = useSearch();
  const { data } = session;
  const inside = data !== undefined && (data.user !== null || data.open);

  useEffect(() => {
    heard.signedOut = () => void client.invalidateQueries({ queryKey: ["session"] });
  }, [client]);

  useEffect(() => (inside ? startLive(client) : undefined), [inside, client]);
  useReadAhead(inside);

  if (inside) return children;
  if (data?.setup_needed) return <Redirect to="/setup" replace />;
  if (data) {
    const target = search ? `${path}?${search}` : path;
    return <Redirect to={signInAddress(target)} replace />;
  }
  if (!session.error) return null;
  return (
    <Problem
      error={session.error}
      busy={session.isFetching}
      retry={() => session.refetch()}
      next="Trying again every 5 s."
    />
  );
}

function Pages() {
  return (
    <Switch>
      <Route path="/" component={TodayPage} />
      <Route path="/orders" component={OrdersPage} />
      <Route path="/orders/:number">
        {({ number }) => <OrderPage key={number} number={decodeURIComponent(number)} />}
      </Route>
      <Route path="/alerts" component={AlertsPage} />
      <Route path="/sync" component={SyncPage} />
      <Route path="/jobs" component={JobsPage} />
      <Route path="/jobs/:id">{({ id }) => <JobPage key={id} id={decodeURIComponent(id)} />}</Route>
      <Route path="/imports" component={ImportsPage} />
      <Route path="/imports/:id">
        {({ id }) => <ImportPage key={id} id={decodeURIComponent(id)} />}
      </Route>
      <Route path="/bundles" component={BundlesPage} />
      <Route path="/workflows" component={WorkflowsPage} />
      <Route path="/settings" component={SettingsPage} />
      <Route path="/settings/users" component={UsersPage} />
      <Route path="/settings/audit" component={AuditPage} />
      <Route component={MissingPage} />
    </Switch>
  );
}

export function App() {
  const bootstrap = useBootstrap();
  return (
    <ZoneContext value={bootstrap.data?.zone ?? "UTC"}>
      <Switch>
        <Route path="/sign-in" component={SignInPage} />
        <Route path="/setup" component={SetupPage} />
        <Route>
          <Shell bootstrap={bootstrap.data}>
            <Door>
              <Pages />
            </Door>
          </Shell>
        </Route>
      </Switch>
    </ZoneContext>
  );
}
