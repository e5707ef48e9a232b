// sendmessage: passes what one client says to every client.
import {
  ApiGatewayManagementApiClient,
  GoneException,
  PostToConnectionCommand,
} from "@aws-sdk/client-apigatewaymanagementapi";
import { DeleteItemCommand, DynamoDBClient, paginateScan } from "@aws-sdk/client-dynamodb";

const TableName = process.env.TABLE_NAME;
const dynamodb = new DynamoDBClient({});
let managementApi;

export const handler = async (event) => {
  const { domainName, stage } = event.requestContext;
  managementApi ??= new ApiGatewayManagementApiClient({ endpoint: `https://${domainName}/${stage}` });
  const { data } = JSON.parse(event.body);

  const scan = { TableName, ProjectionExpression: "connectionId" };
  for await (const page of paginateScan({ client: dynamodb }, scan)) {
    await Promise.all(page.Items.map(({ connectionId }) => deliver(connectionId.S, data)));
  }
  return { statusCode: 200, body: "Data sent." };
};

const deliver = async (connectionId, data) => {
  try {
    await managementApi.send(new PostToConnectionCommand({ ConnectionId: connectionId, Data: data }));
  } catch (error) {
    if (!(error instanceof GoneException)) throw error;
    console.log(`connection ${connectionId} is gone, removing its row`);
    await dynamodb.send(new DeleteItemCommand({ TableName, Key: { connectionId: { S: connectionId } } }));
  }
};
