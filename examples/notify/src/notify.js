// Pushes its event to every connected client and answers with how many it reached.
const {
  ApiGatewayManagementApiClient,
  PostToConnectionCommand,
} = require("@aws-sdk/client-apigatewaymanagementapi");
const { DynamoDBClient, DeleteItemCommand, ScanCommand } = require("@aws-sdk/client-dynamodb");

const { API_ID, AWS_REGION, CONNECTIONS_TABLE: TableName, STAGE } = process.env;

const dynamodb = new DynamoDBClient({});
const connections = new ApiGatewayManagementApiClient({
  endpoint: `https://${API_ID}.execute-api.${AWS_REGION}.amazonaws.com/${STAGE}`,
});

exports.handler = async (event) => {
  const Data = JSON.stringify(event);
  const { Items } = await dynamodb.send(new ScanCommand({ TableName }));
  const results = await Promise.all(Items.map((item) => push(item.connectionId.S, Data)));
  return { reached: results.filter(Boolean).length, gone: results.filter((ok) => !ok).length };
};

const push = async (ConnectionId, Data) => {
  try {
    await connections.send(new PostToConnectionCommand({ ConnectionId, Data }));
    return true;
  } catch (error) {
    if (error.name !== "GoneException") throw error;
    const Key = { connectionId: { S: ConnectionId } };
    await dynamodb.send(new DeleteItemCommand({ TableName, Key }));
    return false;
  }
};
