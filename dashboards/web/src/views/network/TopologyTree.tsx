import type { ComponentChildren } from "preact";
import type { CellNode, GatewayNode, NodeState, Topology, TreeNode } from "../../state/topology";
import { CauseMark } from "../incident/CauseMark";
import { usePage } from "../page/pageContext";
import "./topology.css";

/** A shape for each state, beside its word. */
const GLYPH: Readonly<Record<NodeState, string>> = { up: "●", fault: "✕", affected: "▨", lost: "○", unreached: "◌", unknown: "?" };

/** Backhaul, core, cells, gateways and devices, each inside what carries it; where the fault is, and what it takes with it. */
export function TopologyTree({ topology, dead }: { readonly topology: Topology; readonly dead: boolean }) {
  const { speech } = usePage();
  const { backhaul, core, slices, cells } = topology;
  return (
    <section class="topology" aria-labelledby="topology-title">
      <h2 id="topology-title">{speech.say("network.topology")}</h2>
      <div class="trunk">
        <Box kind="backhaul" title={speech.say("network.backhaul")} node={backhaul} />
        <Box kind="core" title={speech.say("network.core")} node={core} />
        <div class="slices">{slices.map((slice) => (
          <Box key={slice.name} kind="slice" id={slice.name} title={speech.say("place.slice", { name: slice.name })} node={slice}>
            <span class="quiet">{slice.count === 1 ? speech.say("network.oneDevice") : speech.say("network.devices", { count: slice.count })}</span>
          </Box>
        ))}</div>
      </div>
      {cells.length === 0 && <p class="empty">{speech.say("network.noPaths")} <span class="quiet">{speech.say("network.noPathsHint")}</span></p>}
      <div class="cells">{cells.map((cell) => <Cell key={cell.name} cell={cell} dead={dead} />)}</div>
    </section>
  );
}

interface BoxProps {
  readonly kind: "backhaul" | "core" | "slice";
  readonly id?: string;
  readonly title: string;
  readonly node: TreeNode;
  readonly children?: ComponentChildren;
}

function Box({ kind, id, title, node, children }: BoxProps) {
  return (
    <div class={`node node-${node.state}`} data-node={id === undefined ? kind : `${kind}:${id}`} data-state={node.state}>
      <CauseMark cause={kind} />{id !== undefined && <b>{id}</b>}
      <StateWord node={node} title={title} />
      {children}
    </div>
  );
}

function Cell({ cell, dead }: { readonly cell: CellNode; readonly dead: boolean }) {
  const { speech } = usePage();
  const title = cell.name === "" ? speech.say("network.unknownCell") : speech.say("place.cell", { name: cell.name });
  return (
    <div class={`cell node-${cell.state}`} style={{ flexGrow: Math.max(1, cell.gateways.length) }} data-node={`cell:${cell.name}`} data-state={cell.state}>
      <h3>
        <CauseMark cause="cell" /> <b>{cell.name === "" ? title : cell.name}</b>
        {cell.name !== "" && <StateWord node={cell} title={title} />}
        <span class="cell-up">{speech.say("network.ofUp", { up: dead ? "–" : cell.up, count: cell.count })}</span>
      </h3>
      {cell.name === "" && <p class="quiet cell-hint">{speech.say("network.unknownCellHint")}</p>}
      <ul>{cell.gateways.map((gateway) => <Gateway key={`${gateway.bed}/${gateway.name}`} gateway={gateway} />)}</ul>
    </div>
  );
}

function Gateway({ gateway }: { readonly gateway: GatewayNode }) {
  const { speech } = usePage();
  const place = (bed: string) => speech.bed(bed.slice(bed.lastIndexOf("/") + 1));
  const named = gateway.name === "" ? speech.say("network.noGateway") : gateway.name;
  return (
    <li class={`gateway node-${gateway.state}`} data-node={`gateway:${gateway.bed}/${gateway.name}`} data-state={gateway.state}>
      <span class="gateway-head">
        <b>{place(gateway.devices[0]?.bed ?? gateway.bed)}</b>
        <span class={gateway.name === "" ? "quiet" : ""}>{named}</span>
        <StateWord node={gateway} title={named} />
      </span>
      <span class="devices">
        {gateway.devices.map((device) => (
          <span key={`${device.bed}/${device.name}`} class={`device node-${device.state}`} data-node={`device:${device.bed}/${device.name}`} data-state={device.state}>
            {device.bed !== gateway.devices[0]?.bed && `${place(device.bed)} `}{device.name} <StateWord node={device} title={device.name} />
          </span>
        ))}
      </span>
    </li>
  );
}

/** The state's shape with its word; that a device is up is said by the shape and to the ear. */
function StateWord({ node, title }: { readonly node: TreeNode; readonly title: string }) {
  const { speech } = usePage();
  const word = node.state === "fault" && node.what !== "" ? speech.say("node.faultWhat", { what: speech.name("what", node.what) }) : speech.say(`node.${node.state}`);
  return <span class="node-state" title={`${title}: ${word}`}><i aria-hidden="true">{GLYPH[node.state]}</i><span>{word}</span></span>;
}
