"""The GraphQL documents."""

WHOLE = """
fragment Whole on Order {
  id code state orderPlacedAt currencyCode totalWithTax shippingWithTax
  customer { emailAddress }
  shippingAddress { fullName streetLine1 streetLine2 city province postalCode countryCode }
  discounts { amountWithTax }
  shippingLines { shippingMethod { name } }
  lines {
    id quantity orderPlacedQuantity unitPriceWithTax
    productVariant { sku product { id name } options { name group { name } } }
  }
  fulfillments { id state method trackingCode createdAt lines { orderLineId quantity } }
  payments { id state amount method createdAt refunds { id state total createdAt } }
  modifications { note createdAt }
  history(options: { take: 100, filter: { type: { in: ["ORDER_NOTE", "ORDER_CANCELLATION", "ORDER_FULFILLMENT_TRANSITION"] } } }) {
    items { type data createdAt }
  }
}
"""
NAMED = (
    """
query Named($codes: [String!]!) {
  orders(options: { take: 5, filter: { code: { in: $codes }, orderPlacedAt: { isNull: false } } }) { items { ...Whole } }
}
"""
    + WHOLE
)
NEWEST = """
query Newest {
  orders(options: { take: 1, sort: { orderPlacedAt: DESC }, filter: { orderPlacedAt: { isNull: false } } }) {
    items { code customer { emailAddress } }
  }
}
"""
OF_EMAIL = """
query OfEmail($email: String!) {
  customers(options: { take: 10, filter: { emailAddress: { eq: $email } } }) {
    items {
      emailAddress
      orders(options: { take: 100, sort: { orderPlacedAt: DESC }, filter: { orderPlacedAt: { isNull: false } } }) {
        items { code orderPlacedAt }
      }
    }
  }
}
"""
CANCEL = """
mutation Cancel($input: CancelOrderInput!) {
  cancelOrder(input: $input) { __typename ... on ErrorResult { errorCode } }
}
"""
ADDRESS = """
mutation Address($id: ID!, $input: ModifyOrderInput!, $state: String!) {
  opened: transitionOrderToState(id: $id, state: "Modifying") { __typename ... on ErrorResult { errorCode } }
  changed: modifyOrder(input: $input) { __typename ... on ErrorResult { errorCode } }
  closed: transitionOrderToState(id: $id, state: $state) { __typename ... on ErrorResult { errorCode } }
}
"""
"""Vendure does the three one after the other. Where it ends in the middle, `CLOSE` puts the order back."""
CLOSE = """
mutation Close($id: ID!, $state: String!) {
  transitionOrderToState(id: $id, state: $state) { __typename ... on ErrorResult { errorCode } }
}
"""
NOTE = """
mutation Note($input: AddNoteToOrderInput!) { addNoteToOrder(input: $input) { id } }
"""
SOLD = """
fragment Sold on Product {
  name enabled
  variants { sku priceWithTax currencyCode stockLevel enabled options { name group { name } } }
}
"""
PRODUCT = (
    """
query OneProduct($id: ID!) { product(id: $id) { ...Sold } }
"""
    + SOLD
)
PRODUCTS = (
    """
query Products($filter: ProductFilterParameter!) {
  products(options: { take: 10, sort: { id: ASC }, filter: $filter }) { items { ...Sold } }
}
"""
    + SOLD
)
