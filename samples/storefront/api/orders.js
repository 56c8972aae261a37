// The connection to the orders service, which belongs to another project and runs in another cell. This code knows one
// URL; the two cells' gateways do the rest: who may call, mutual TLS, where the service is.

export class OrdersError extends Error {
  constructor(status, problem) {
    super(problem.detail ?? problem.title ?? 'The orders service refused the call.');
    this.status = status;
    this.problem = problem;
  }
}

export function ordersAt(url) {
  const base = url.replace(/\/$/, '');

  async function call(path, trace, options = {}) {
    let response;
    try {
      response = await fetch(base + path, {
        ...options,
        headers: { ...trace, ...options.headers },
        signal: AbortSignal.timeout(5000),
      });
    } catch (error) {
      throw new OrdersError(503, { title: 'Orders are not available', detail: `Try again soon (${error.name}).` });
    }
    const body = await response.json().catch(() => ({}));
    if (!response.ok) throw new OrdersError(response.status, body);
    return body;
  }

  return {
    newest: async (trace) => (await call('/orders', trace)).items,
    place: (order, idempotencyKey, trace) =>
      call('/orders', trace, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'Idempotency-Key': idempotencyKey },
        body: JSON.stringify(order),
      }),
  };
}
