// Which address shows which page.
import { Redirect, Route, Switch } from "wouter";
import { ZoneContext } from "./clock";
import { Shell } from "./components/shell";
import { MissingPage } from "./pages/missing";
import { OrderPage } from "./pages/order";
import { OrdersPage } from "./pages/orders";
import { SyncPage } from "./pages/sync";
import { useBootstrap } from "./queries";

export function App() {
  const bootstrap = useBootstrap();
  return (
    <ZoneContext value={bootstrap.data?.zone ?? "UTC"}>
      <Shell bootstrap={bootstrap.data}>
        <Switch>
          <Route path="/">
            <Redirect to="/orders" replace />
          </Route>
          <Route path="/orders">
            <OrdersPage />
          </Route>
          <Route path="/orders/:number">
            {({ number }) => <OrderPage key={number} number={decodeURIComponent(number)} />}
          </Route>
          <Route path="/sync">
            <SyncPage />
          </Route>
          <Route>
            <MissingPage />
          </Route>
        </Switch>
      </Shell>
    </ZoneContext>
  );
}
