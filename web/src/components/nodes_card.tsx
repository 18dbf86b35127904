// The processes that share the work.
import type { Node } from "../api";
import { plural } from "../format";
import { useNodes } from "../queries";
import type { Look } from "../words";
import { Badge } from "./badge";
import { Moment } from "./moment";
import { Problem } from "./problem";
import { Empty } from "./states";

const looks: Record<Node["state"], Look> = {
  up: { tone: "ok", icon: "check", word: "Working" },
  silent: { tone: "bad", icon: "octagon", word: "Silent" },
  stopped: { tone: "idle", icon: "slash", word: "Stopped" },
};

export function NodesCard() {
  const nodes = useNodes();
  return (
    <section className="card" aria-labelledby="nodes">
      <h2 id="nodes">Who does the work</h2>
      {nodes.error && (
        <Problem
          error={nodes.error}
          dataFrom={nodes.dataUpdatedAt || null}
          busy={nodes.isFetching}
          retry={() => nodes.refetch()}
        />
      )}
      {nodes.data?.items.length === 0 && <Empty>No process has taken work yet.</Empty>}
      <ul className="plain-list">
        {nodes.data?.items.map((node) => (
          <li key={node.node_id}>
            <Badge look={looks[node.state]} /> <span className="breakable">{node.holder}</span>{" "}
            <span className="meta">
              {plural(node.running, "job")} running · version {node.version} · last heard{" "}
              <Moment at={node.heartbeat_at} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
