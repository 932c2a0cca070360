"""The GraphQL documents. They ask for no products, which would need a scope more."""

FIND = """
query Find($query: String, $first: Int!) {
  orders(first: $first, query: $query, sortKey: CREATED_AT, reverse: true) { nodes { id name email } }
}
"""
ORDER = """
query Order($id: ID!, $returns: Boolean!) { order(id: $id) { ...Whole } }
fragment Money on MoneyBag { presentmentMoney { amount } }
fragment Whole on Order {
  id name email createdAt cancelledAt closed presentmentCurrencyCode displayFulfillmentStatus displayFinancialStatus
  cancellation { staffNote }
  totalPriceSet { ...Money } totalShippingPriceSet { ...Money } totalDiscountsSet { ...Money }
  shippingLine { title }
  shippingAddress { name address1 address2 city provinceCode zip countryCodeV2 }
  lineItems(first: 100) {
    nodes { id title variantTitle quantity currentQuantity sku originalUnitPriceSet { ...Money } }
  }
  fulfillments(first: 20) {
    id status createdAt deliveredAt estimatedDeliveryAt
    trackingInfo(first: 1) { company number url }
    fulfillmentLineItems(first: 100) { nodes { id quantity lineItem { id } } }
  }
  transactions(first: 30) {
    kind status formattedGateway processedAt amountSet { ...Money }
    paymentDetails { ... on CardPaymentDetails { company number } }
  }
  metafields(first: 50, namespace: "glasskin") { nodes { key value } }
  returns(first: 20) @include(if: $returns) {
    nodes {
      id status createdAt
      returnLineItems(first: 50) {
        nodes {
          quantity refundedQuantity customerNote returnReasonNote
          ... on ReturnLineItem { fulfillmentLineItem { id lineItem { id } } }
        }
      }
    }
  }
}
"""
CANCEL = """
mutation Cancel($id: ID!, $note: String!, $back: OrderCancelRefundMethodInput!) {
  orderCancel(orderId: $id, reason: CUSTOMER, restock: true, notifyCustomer: true, refundMethod: $back, staffNote: $note) {
    job { id done } orderCancelUserErrors { code field message }
  }
}
"""
CHANGE = """
mutation Change($input: OrderInput!) { orderUpdate(input: $input) { order { id } userErrors { field message } } }
"""
RETURN = """
mutation Return($input: ReturnInput!) {
  returnCreate(returnInput: $input) { return { id } userErrors { code field message } }
}
"""
RETURN_WISH = """
mutation ReturnWish($input: ReturnRequestInput!) {
  returnRequest(input: $input) { return { id } userErrors { code field message } }
}
"""
SCOPES = """
query Scopes { currentAppInstallation { accessScopes { handle } } }
"""
