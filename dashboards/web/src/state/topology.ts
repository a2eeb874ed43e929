import type { BedDto, BedState, IncidentDto, NetworkDto, PathDto } from "../hub/contract";
import { placeOf, type Place } from "./incidents";
import { byBedKey } from "./ward";

/** `fault` is where an open incident is; `affected` is what it takes with it; `unreached` is a core of which some function does not answer us. */
export type NodeState = "up" | "fault" | "affected" | "lost" | "unreached" | "unknown";

export interface TreeNode {
  readonly name: string;
  readonly state: NodeState;
  /** What is wrong at this very place (`silent`), or empty. */
  readonly what: string;
}

export interface DeviceNode extends TreeNode {
  readonly bed: string;
  /** Its messages come, whatever is wrong with it. */
  readonly heard: boolean;
}

export interface GatewayNode extends TreeNode {
  /** `ward/bed` where it stands, or that of its only device. */
  readonly bed: string;
  readonly devices: readonly DeviceNode[];
}

export interface CellNode extends TreeNode {
  readonly gateways: readonly GatewayNode[];
  readonly up: number;
  readonly count: number;
}

/** The unit's network from the backhaul to its devices; a name of "" is not known. */
export interface Topology {
  readonly backhaul: TreeNode;
  readonly core: TreeNode;
  readonly slices: readonly (TreeNode & { readonly count: number })[];
  readonly cells: readonly CellNode[];
}

const CORE = ["amf", "smf", "upf"];
/** Causes that take nothing of the network with them. */
const ALONE = ["sensor", "device", "clock", "agent"];

export function stepOf(path: PathDto, step: string): string {
  return path.chain.find((each) => each.step === step)?.value ?? "";
}

/** What is shown of devices, in the wall's order of beds: a gateway's own line is the gateway's, unless nothing is known behind it. */
export function shownPaths(paths: readonly PathDto[]): PathDto[] {
  const carrying = new Set(paths.filter((path) => !isGateway(path)).map(gatewayKey));
  return paths.filter((path) => !isGateway(path) || !carrying.has(gatewayKey(path))).sort(byBedKey);
}

/** The tree as the chains tell it, and which devices are heard as the tiles tell it. `dead`: nothing that was up may be said to be so. */
export function topologyOf(network: NetworkDto, beds: readonly BedDto[], dead: boolean): Topology {
  const shown = new Map<string, BedState>(beds.flatMap((bed) => bed.devices.map((device) => [`${bed.key}/${device.id}`, device.state] as const)));
  const open = network.incidents.filter((incident) => incident.endMs === null).map((incident) => ({ incident, place: placeOf(incident.subject) }));
  const at = (fits: (place: Place) => boolean) => open.find(({ place }) => fits(place))?.incident;
  const backhaulFault = at((place) => place.kind === "backhaul");
  const coreFault = at((place) => place.kind === "core");
  const above = backhaulFault !== undefined || coreFault !== undefined;
  const paths = shownPaths(network.paths);

  const cells = grouped(paths, (path) => stepOf(path, "cell")).map(([name, inCell]): CellNode => {
    const fault = name === "" ? undefined : at((place) => place.kind === "cell" && place.name === name);
    const gateways = grouped(inCell, gatewayKey).map(([, behind]) => gateway(behind, above || fault !== undefined));
    const devices = gateways.flatMap((each) => each.devices);
    const state = fault !== undefined ? "fault" : above ? "affected" : name === "" ? "unknown" : summed(devices, dead);
    return { name, state, what: fault?.what ?? "", gateways, up: devices.filter((device) => device.heard).length, count: devices.length };
  }).sort((a, b) => Number(a.name === "") - Number(b.name === "") || (a.name < b.name ? -1 : 1));

  // Of a device without a known gateway nobody knows over what it speaks.
  const anyUp = cells.some((cell) => cell.gateways.some((each) => each.name !== "" && each.devices.some((device) => device.heard)));
  return {
    backhaul: node("", backhaulFault, backhaulFault !== undefined ? "fault" : anyUp && !dead ? "up" : "unknown"),
    core: node("", coreFault, coreFault !== undefined ? "fault" : backhaulFault !== undefined ? "affected" : coreState()),
    slices: grouped(paths, (path) => stepOf(path, "slice")).filter(([name]) => name !== "").map(([name, inSlice]) => {
      const fault = at((place) => place.kind === "slice" && place.name === name);
      const reached = inSlice.some((path) => up(path));
      return { ...node(name, fault, fault !== undefined ? "fault" : above ? "affected" : reached ? "up" : "unknown"), count: inSlice.length };
    }),
    cells,
  };

  function coreState(): NodeState {
    const functions = network.sources.filter((source) => CORE.includes(source.kind));
    return dead || functions.length === 0 ? "unknown" : functions.every((source) => source.reached) ? "up" : "unreached";
  }

  function gateway(behind: readonly PathDto[], taken: boolean): GatewayNode {
    const [first] = behind;
    const key = first === undefined ? "" : gatewayKey(first);
    const name = first === undefined ? "" : lastPart(stepOf(first, "gateway"));
    const fault = name === "" ? undefined : at((place) => place.kind === "device" && `${place.bed}/${place.name}` === key);
    const devices = behind.map((path) => device(path, taken || fault !== undefined));
    const state = fault !== undefined ? "fault" : taken ? "affected" : summed(devices, dead);
    return { ...node(name, fault, state), bed: key.slice(0, key.lastIndexOf("/")), devices };
  }

  function device(path: PathDto, taken: boolean): DeviceNode {
    const fault = at((place) => (place.kind === "device" || place.kind === "stream") && place.bed === path.bed && place.name === path.device);
    const touched = taken || open.some(({ incident }) => !ALONE.includes(incident.cause) && incident.cause !== "gateway" && reaches(incident, path));
    const state = fault !== undefined ? "fault" : touched ? "affected" : up(path) ? "up" : silent(path) && !dead ? "lost" : "unknown";
    return { ...node(path.device, fault, state), bed: path.bed, heard: up(path) };
  }

  function up(path: PathDto): boolean {
    return !dead && !silent(path) && path.link !== "unknown";
  }

  /** By its own age, as on its tile: a link's grade remembers what was good a while ago. */
  function silent(path: PathDto): boolean {
    const state = shown.get(`${path.bed}/${path.device}`);
    return state === "stale" || state === "lost" || path.link === "lost";
  }
}

function node(name: string, fault: IncidentDto | undefined, state: NodeState): TreeNode {
  return { name, state, what: fault?.what ?? "" };
}

/** Of a slice only what runs in it: two devices of one bed may be in two. */
function reaches(incident: IncidentDto, path: PathDto): boolean {
  const place = placeOf(incident.subject);
  return place.kind === "slice" ? stepOf(path, "slice") === place.name : incident.beds.includes(path.bed);
}

/** `ward/bed/device` of the gateway; of a device without a known one its own bed, so that each bed has its box. */
function gatewayKey(path: PathDto): string {
  const named = stepOf(path, "gateway");
  return named.includes("/") ? named : `${path.bed}/${named}`;
}

function isGateway(path: PathDto): boolean {
  return gatewayKey(path) === `${path.bed}/${path.device}`;
}

/** What carries something that is heard is up; where nothing is, it may be lost itself. */
function summed(below: readonly DeviceNode[], dead: boolean): NodeState {
  if (dead) return "unknown";
  if (below.some((each) => each.heard)) return "up";
  if (below.every((each) => each.state === "affected")) return "affected";
  return below.every((each) => each.state === "unknown") ? "unknown" : "lost";
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf("/") + 1);
}

/** In order of first appearance, which is the order of beds. */
function grouped(paths: readonly PathDto[], key: (path: PathDto) => string): (readonly [string, PathDto[]])[] {
  const groups = new Map<string, PathDto[]>();
  for (const path of paths) {
    const name = key(path);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [path]);
    else group.push(path);
  }
  return [...groups];
}
