import type { DeviceDto } from "../../hub/contract";
import { percent } from "../link/LinkBadge";
import { usePage } from "../page/pageContext";
import { StateBadge } from "../tile/StateBadge";

/** The devices at the bed and how their links fare. */
export function DeviceTable({ devices }: { readonly devices: readonly DeviceDto[] }) {
  const { now, speech } = usePage();
  return (
    <section class="bed-devices" aria-label={speech.say("bed.devices")}>
      <table>
        <thead>
          <tr>
            {(["device.id", "device.state", "device.model", "device.power", "link.delay", "link.loss", "device.rate"] as const).map((key) => (
              <th key={key} scope="col">{speech.say(key)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {devices.map((device) => (
            <tr key={device.id}>
              <th scope="row">{device.id}</th>
              <td><StateBadge state={now.dead && device.state === "live" ? "stale" : device.state} /></td>
              <td>{[device.maker, device.model, device.serial, device.firmware].filter((part) => part !== "").join(" · ") || "–"}</td>
              <td><Power device={device} /></td>
              <td>{device.delayMs === null || now.dead ? "–" : `${Math.round(device.delayMs)} ms`}</td>
              <td>{now.dead ? "–" : percent(device.lossRatio)}</td>
              <td>{now.dead ? "–" : speech.say("device.perSecond", { n: Math.round(device.messagesPerSecond) })}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Power({ device: { onMains, batteryPercent } }: { readonly device: DeviceDto }) {
  const { speech } = usePage();
  const source = onMains === null ? "" : speech.say(onMains ? "device.mains" : "device.battery");
  const charge = batteryPercent === null ? "" : `${Math.round(batteryPercent)} %`;
  return <>{[source, charge].filter((part) => part !== "").join(" ") || speech.say("device.unknown")}</>;
}
