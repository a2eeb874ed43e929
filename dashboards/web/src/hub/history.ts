import { ask, type Refused } from "./ask";
import type { EventsDto, SeriesListDto, TrendDto, WavesDto } from "./contract";

export function fetchSeries(bed: string): Promise<SeriesListDto | Refused> {
  return ask(`/api/history/series?${query({ bed })}`);
}

export function fetchTrend(bed: string, device: string, signal: string, fromMs: number, toMs: number, points: number): Promise<TrendDto | Refused> {
  return ask(`/api/history/trend?${query({ bed, device, signal, from: Math.floor(fromMs), to: Math.ceil(toMs), points })}`);
}

export function fetchWaves(bed: string, device: string, signal: string, fromMs: number, toMs: number, points: number): Promise<WavesDto | Refused> {
  return ask(`/api/history/waves?${query({ bed, device, signal, from: Math.floor(fromMs), to: Math.ceil(toMs), points })}`);
}

/** The newest events of a bed; with `before`, those numbered below it. */
export function fetchEvents(bed: string, limit: number, before: number | null): Promise<EventsDto | Refused> {
  return ask(`/api/history/events?${query(before === null ? { bed, limit } : { bed, limit, before })}`);
}

function query(parameters: Readonly<Record<string, string | number>>): URLSearchParams {
  return new URLSearchParams(Object.entries(parameters).map(([name, value]) => [name, String(value)]));
}
