// What the shop sells. Prices are in cents, so that sums are exact.
export const products = [
  { id: 'mug', name: 'Enamel mug', price: 1450, picture: '☕️', text: 'Holds coffee, survives deployments.' },
  { id: 'notebook', name: 'Dotted notebook', price: 900, picture: '📓', text: '120 pages for the next design.' },
  { id: 'lamp', name: 'Desk lamp', price: 4900, picture: '💡', text: 'Warm light for late reviews.' },
  { id: 'plant', name: 'Snake plant', price: 1900, picture: '🪴', text: 'Needs water once a fortnight.' },
  { id: 'puzzle', name: 'Wooden puzzle', price: 2350, picture: '🧩', text: 'Every piece has one place.' },
  { id: 'blanket', name: 'Wool blanket', price: 6800, picture: '🧶', text: 'For offices with strong cooling.' },
];

const prices = new Map(products.map((product) => [product.id, product.price]));

export const isSold = (id) => prices.has(id);

/** An order's sum in cents. What is no longer sold counts nothing. */
export const total = (lines) =>
  lines.reduce((sum, line) => sum + line.quantity * (prices.get(line.product) ?? 0), 0);
