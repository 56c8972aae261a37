// Starts the API. The platform tells where to listen (HOST, PORT) and where the orders service is (ORDERS_URL).
import { createApi } from './api.js';
import { ordersAt } from './orders.js';

const { HOST = '0.0.0.0', PORT = '8080', ORDERS_URL = 'http://localhost:8081', SHOP_NAME = 'The Corner Shop' } = process.env;

const server = createApi({
  orders: ordersAt(ORDERS_URL),
  shop: SHOP_NAME,
  log: (line) => console.log(JSON.stringify(line)),
});

server.listen(Number(PORT), HOST, () => console.log(`Storefront API on port ${server.address().port}`));

// On SIGTERM, calls that are under way are still answered.
process.on('SIGTERM', () => {
  server.close(() => process.exit(0));
  server.closeIdleConnections();
});
