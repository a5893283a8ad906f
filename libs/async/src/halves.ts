/** Two parts in order, the first no shorter than the second: where one of many is at fault, halving finds it in few tries. */
export function halves<Item>(items: readonly Item[]): [Item[], Item[]] {
  const middle = Math.ceil(items.length / 2);
  return [items.slice(0, middle), items.slice(middle)];
}
