// $connect and $disconnect share this function: routeKey tells them apart.
const { DynamoDBClient, DeleteItemCommand, PutItemCommand } = require("@aws-sdk/client-dynamodb");

const dynamodb = new DynamoDBClient({});
const TableName = process.env.CONNECTIONS_TABLE;

exports.handler = async ({ requestContext }) => {
  const connectionId = { S: requestContext.connectionId };
  if (requestContext.routeKey === "$connect") {
    const connectedAt = { N: String(requestContext.connectedAt) };
    await dynamodb.send(new PutItemCommand({ TableName, Item: { connectionId, connectedAt } }));
  } else {
    await dynamodb.send(new DeleteItemCommand({ TableName, Key: { connectionId } }));
  }
  return { statusCode: 200 };
};
