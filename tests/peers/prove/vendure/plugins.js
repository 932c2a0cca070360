// What the shop's owner adds to Vendure: nothing.
module.exports = { extraPlugins: () => [] };
