import type { Pen } from "./pen";

/** All pens of the page, moved by its one animation loop. */
export class Painter {
  private readonly pens = new Set<Pen>();

  add(pen: Pen): () => void {
    this.pens.add(pen);
    return () => this.pens.delete(pen);
  }

  draw(pageMs: number): void {
    const pixelRatio = devicePixelRatio;
    for (const pen of this.pens) pen.draw(pageMs, pixelRatio);
  }
}
