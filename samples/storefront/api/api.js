// The HTTP interface: /products, /orders and /health. At the gateway all of it lies under /api.
import { createServer } from 'node:http';
import { randomUUID } from 'node:crypto';
import { array, integer, max, min, nonempty, object, refine, size, string, trimmed, create, StructError } from 'superstruct';
import { OrdersError } from './orders.js';
import { isSold, products, total } from './products.js';

const MAX_BODY = 16 * 1024;

const Order = object({
  customer: size(trimmed(nonempty(string())), 1, 100),
  lines: size(
    array(
      object({
        product: refine(string(), 'product', (id) => isSold(id) || 'This shop does not sell that.'),
        quantity: max(min(integer(), 1), 100),
      }),
    ),
    1,
    50,
  ),
});

class Refusal extends Error {
  constructor(status, title, detail, errors = []) {
    super(detail);
    Object.assign(this, { status, title, errors });
  }
}

/** @param orders what talks to the orders service  @param shop the shop's name  @param log takes one object a line */
export function createApi({ orders, shop, log }) {
  const withTotal = (order) => ({ ...order, total: total(order.lines) });

  const routes = {
    'GET /health': () => [200, { status: 'UP' }],
    'GET /products': () => [200, { shop, currency: 'EUR', items: products }],
    'GET /orders': async (request) => {
      const newest = await orders.newest(traceOf(request));
      return [200, { items: newest.map(withTotal) }];
    },
    'POST /orders': async (request) => {
      const order = checked(await read(request));
      const key = request.headers['idempotency-key'] ?? randomUUID();
      const placed = await orders.place(order, key, traceOf(request));
      log({ message: `order ${placed.id} placed`, traceId: traceOf(request).traceparent?.slice(3, 35) });
      return [201, withTotal(placed)];
    },
  };

  return createServer(async (request, response) => {
    const path = new URL(request.url, 'http://shop').pathname;
    try {
      const route = routes[`${request.method === 'HEAD' ? 'GET' : request.method} ${path}`];
      if (!route) throw new Refusal(404, 'Not found', `There is nothing at ${request.method} ${path}.`);
      send(response, ...(await route(request)));
    } catch (error) {
      const problem = problemOf(error);
      if (problem.status >= 500) log({ message: `${request.method} ${path}: ${error.message}` });
      send(response, problem.status, problem, 'application/problem+json');
    }
  });
}

/** The trace context of the call that came in, to be sent on with every call that it causes. */
function traceOf(request) {
  const { traceparent, tracestate } = request.headers;
  return { ...(traceparent && { traceparent }), ...(tracestate && { tracestate }) };
}

function checked(body) {
  try {
    return create(body, Order);
  } catch (error) {
    if (!(error instanceof StructError)) throw error;
    const errors = error.failures().map((it) => ({ field: it.path.join('.'), message: it.message }));
    throw new Refusal(400, 'Invalid order', 'The order was not placed: correct the named fields.', errors);
  }
}

async function read(request) {
  const chunks = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.length;
    if (length > MAX_BODY) throw new Refusal(413, 'Too large', `An order has at most ${MAX_BODY} bytes.`);
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    throw new Refusal(400, 'Not JSON', 'The body could not be read as JSON.');
  }
}

/** RFC 9457. What the orders service says about an order is passed on; its failures become ours. */
function problemOf(error) {
  if (error instanceof Refusal) {
    return { type: 'about:blank', title: error.title, status: error.status, detail: error.message, errors: error.errors };
  }
  if (error instanceof OrdersError) {
    const status = [400, 422, 503].includes(error.status) ? error.status : 502;
    return { type: 'about:blank', title: 'Orders refused the call', ...error.problem, status };
  }
  return { type: 'about:blank', title: 'The storefront failed', status: 500, detail: 'The cause is in the log.' };
}

function send(response, status, body, type = 'application/json') {
  const bytes = Buffer.from(JSON.stringify(body));
  response.writeHead(status, { 'Content-Type': type, 'Content-Length': bytes.length });
  response.end(response.req.method === 'HEAD' ? undefined : bytes);
}
