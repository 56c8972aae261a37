// A basket is a Map from product id to quantity. These functions return a new one and change nothing.

export const add = (basket, id, quantity = 1) => {
  const next = new Map(basket);
  const left = (next.get(id) ?? 0) + quantity;
  if (left > 0) next.set(id, Math.min(left, 100));
  else next.delete(id);
  return next;
};

export const total = (basket, products) =>
  products.reduce((sum, product) => sum + product.price * (basket.get(product.id) ?? 0), 0);

/** What the API takes as an order's lines. */
export const lines = (basket) => [...basket].map(([product, quantity]) => ({ product, quantity }));
