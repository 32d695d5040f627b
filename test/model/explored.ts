/** A test of a model, whose title tells afterwards how much it went through: `npm run model` prints the titles. */
export function itCounts(title: string, unit: 'states' | 'programs' | 'interleavings', body: () => number): void {
  it(title, function () {
    const count = body();
    this.test!.title = `${title} (${count.toLocaleString('en')} ${unit})`;
  });
}
