// Tells the Glasskin assistant what changes in a Vendure shop: how many of a variant can be sold, signed, as Vendure itself
// counts it with its out-of-stock threshold; nothing of a variant whose stock is not tracked. Put it among `plugins` of the
// VendureConfig: `GlasskinEvents.init({ url: 'https://chat.shop.example/webhooks/shop/events', secret: process.env.ENGINE_EVENTS_SECRET })`.
// What is not taken is not kept: the next change of the same variant tells how it is then.
const { EventBus, Logger, PluginCommonModule, ProductVariantService, StockMovementEvent, VendurePlugin } = require('@vendure/core');
const crypto = require('crypto');

const TIMEOUT_MS = 5000;
const chosen = { url: '', secret: '' };

class GlasskinEvents {
  constructor(bus, variants) {
    Object.assign(this, { bus, variants });
  }

  static init(options) {
    Object.assign(chosen, options);
    return GlasskinEvents;
  }

  onApplicationBootstrap() {
    if (!chosen.url || !chosen.secret) return;
    this.bus.ofType(StockMovementEvent).subscribe(event => {
      this.tell(event).catch(error => Logger.warn(`the assistant did not take an event: ${error.message}`, 'Glasskin'));
    });
  }

  async tell(event) {
    for (const id of new Set(event.stockMovements.map(one => one.productVariant.id))) {
      const at = new Date().toISOString(); // before it is read: what another changes behind that is newer
      const variant = await this.variants.findOne(event.ctx, id); // a movement may hold the variant without its SKU
      if (!variant) continue;
      const count = await this.variants.getSaleableStockLevel(event.ctx, variant);
      if (count === Number.MAX_SAFE_INTEGER) continue; // Vendure's word for as many as one likes
      await post({ event: 'stock', at, sku: variant.sku, stock: Math.max(0, count) });
    }
  }
}

async function post(told) {
  const body = JSON.stringify({ id: crypto.randomUUID(), ...told });
  const at = Math.floor(Date.now() / 1000);
  const digest = crypto.createHmac('sha256', chosen.secret).update(`${at}.${body}`).digest('hex');
  const response = await fetch(chosen.url, {
    method: 'POST', body, signal: AbortSignal.timeout(TIMEOUT_MS),
    headers: { 'Content-Type': 'application/json', 'X-Glasskin-Signature': `t=${at},v1=${digest}` },
  });
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
}

VendurePlugin({ imports: [PluginCommonModule] })(GlasskinEvents);
Reflect.defineMetadata('design:paramtypes', [EventBus, ProductVariantService], GlasskinEvents);

module.exports = { GlasskinEvents };
