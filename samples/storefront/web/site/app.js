import { add, lines, total } from './basket.js';

const element = (id) => document.getElementById(id);
let products = [];
let basket = new Map();
let money = new Intl.NumberFormat(navigator.language, { style: 'currency', currency: 'EUR' });
// One key for each order: pressing the button twice, or again after an error, places it once.
const newKey = () => crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`;
let orderKey = newKey();

async function api(path, options) {
  const response = await fetch(`/api${path}`, options);
  const body = await response.json().catch(() => ({}));
  if (!response.ok) {
    const fields = (body.errors ?? []).map((it) => `${it.field}: ${it.message}`).join(' ');
    throw new Error([body.detail ?? `The shop answered ${response.status}.`, fields].join(' '));
  }
  return body;
}

/** Builds an element; text goes in as text, never as HTML. */
function make(tag, properties = {}, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
}

function button(text, label, onclick) {
  const node = make('button', { type: 'button', onclick }, text);
  node.setAttribute('aria-label', label);
  return node;
}

function say(text, bad = false) {
  element('status').textContent = text;
  element('status').className = bad ? 'bad' : '';
}

function change(id, quantity) {
  basket = add(basket, id, quantity);
  orderKey = newKey();
  say('');
  showBasket();
}

function showProducts() {
  element('products').replaceChildren(
    ...products.map((product) => {
      const picture = make('span', { className: 'picture' }, product.picture);
      picture.setAttribute('aria-hidden', 'true');
      const buy = button('Add', `Add ${product.name} to the basket`, () => change(product.id, 1));
      return make(
        'li',
        {},
        picture,
        make('h3', {}, product.name),
        make('p', {}, product.text),
        make('div', { className: 'row' }, make('strong', {}, money.format(product.price / 100)), buy),
      );
    }),
  );
}

function showBasket() {
  const chosen = products.filter((product) => basket.has(product.id));
  element('basket').replaceChildren(
    ...chosen.map((product) =>
      make(
        'li',
        {},
        make('span', {}, `${basket.get(product.id)} × ${product.name}`),
        button('−', `One ${product.name} less`, () => change(product.id, -1)),
      ),
    ),
  );
  element('empty').hidden = chosen.length > 0;
  element('checkout').hidden = chosen.length === 0;
  element('total').textContent = money.format(total(basket, products) / 100);
}

async function showOrders() {
  const { items } = await api('/orders');
  element('orders').replaceChildren(
    ...items.slice(0, 8).map((order) => {
      const when = new Date(order.createdAt).toLocaleString(undefined, { dateStyle: 'short', timeStyle: 'short' });
      const who = make('span', {}, order.customer, make('br'), make('span', { className: 'quiet' }, when));
      return make('li', {}, who, make('span', {}, money.format(order.total / 100)));
    }),
  );
}

element('checkout').addEventListener('submit', async (event) => {
  event.preventDefault();
  const submit = event.submitter;
  if (submit) submit.disabled = true;
  try {
    const order = await api('/orders', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Idempotency-Key': orderKey },
      body: JSON.stringify({ customer: element('customer').value.trim(), lines: lines(basket) }),
    });
    orderKey = newKey();
    basket = new Map();
    showBasket();
    say(`Thank you, ${order.customer}. Your order is placed.`);
    await showOrders();
  } catch (error) {
    say(error.message, true);
  } finally {
    if (submit) submit.disabled = false;
  }
});

try {
  const catalogue = await api('/products');
  products = catalogue.items;
  money = new Intl.NumberFormat(navigator.language, { style: 'currency', currency: catalogue.currency });
  element('shop').textContent = document.title = catalogue.shop;
  showProducts();
  await showOrders();
} catch (error) {
  say(`The shop cannot be reached: ${error.message}`, true);
}
