// A WebSocket API with a function and a table, and what applications of the CDK bring along with them.
const cdk = require("aws-cdk-lib");
const lambda = require("aws-cdk-lib/aws-lambda");
const logs = require("aws-cdk-lib/aws-logs");
const s3 = require("aws-cdk-lib/aws-s3");
const deployment = require("aws-cdk-lib/aws-s3-deployment");
const sns = require("aws-cdk-lib/aws-sns");
const sqs = require("aws-cdk-lib/aws-sqs");
const events = require("aws-cdk-lib/aws-events");
const targets = require("aws-cdk-lib/aws-events-targets");
const subscriptions = require("aws-cdk-lib/aws-sns-subscriptions");
const dynamodb = require("aws-cdk-lib/aws-dynamodb");
const sources = require("aws-cdk-lib/aws-lambda-event-sources");
const resources = require("aws-cdk-lib/custom-resources");
const sfn = require("aws-cdk-lib/aws-stepfunctions");
const tasks = require("aws-cdk-lib/aws-stepfunctions-tasks");
const { WebSocketApi, WebSocketStage } = require("aws-cdk-lib/aws-apigatewayv2");
const { WebSocketLambdaIntegration } = require("aws-cdk-lib/aws-apigatewayv2-integrations");

const app = new cdk.App();
const REMOVED = { removalPolicy: cdk.RemovalPolicy.DESTROY };

class Storage extends cdk.NestedStack {
  constructor(scope, id) {
    super(scope, id);
    const id_ = { name: "id", type: dynamodb.AttributeType.STRING };
    this.table = new dynamodb.Table(this, "Table", { ...REMOVED, partitionKey: id_, stream: "NEW_IMAGE" });
  }
}

const chat = new cdk.Stack(app, "Chat");
const { table } = new Storage(chat, "Storage");
const handler = new lambda.Function(chat, "Handler", {
  runtime: lambda.Runtime.NODEJS_20_X,
  handler: "index.handler",
  code: lambda.Code.fromAsset("function"),
  environment: { TABLE: table.tableName },
  logRetention: logs.RetentionDays.ONE_WEEK,
});
table.grantReadWriteData(handler);
const queue = new sqs.Queue(chat, "Queue");
handler.addEventSource(new sources.SqsEventSource(queue));
handler.addEventSource(new sources.DynamoEventSource(table, { startingPosition: "LATEST" }));
const filterPolicy = { room: sns.SubscriptionFilter.stringFilter({ allowlist: ["lobby"] }) };
const topic = new sns.Topic(chat, "Topic");
topic.addSubscription(new subscriptions.LambdaSubscription(handler, { filterPolicy }));
topic.addSubscription(new subscriptions.SqsSubscription(queue));
const bus = new events.EventBus(chat, "Bus");
const rule = new events.Rule(chat, "Rule", { eventBus: bus, eventPattern: { source: ["chat"] } });
rule.addTarget(new targets.LambdaFunction(handler, { retryAttempts: 2, deadLetterQueue: queue }));
rule.addTarget(new targets.SnsTopic(topic, { message: events.RuleTargetInput.fromEventPath("$.detail") }));
const nightly = events.Schedule.cron({ hour: "3", minute: "0" });
new events.Rule(chat, "Nightly", { schedule: nightly, targets: [new targets.SqsQueue(queue)] });
const api = new WebSocketApi(chat, "Api", {
  connectRouteOptions: { integration: new WebSocketLambdaIntegration("OfConnect", handler) },
  defaultRouteOptions: { integration: new WebSocketLambdaIntegration("OfDefault", handler), returnResponse: true },
});
const stage = new WebSocketStage(chat, "Stage", { webSocketApi: api, stageName: "prod", autoDeploy: true });
const files = new s3.Bucket(chat, "Files", { ...REMOVED, autoDeleteObjects: true, websiteIndexDocument: "index.html" });
const page = deployment.Source.data("index.html", "<h1>chat</h1>");
new deployment.BucketDeployment(chat, "Page", { sources: [page], destinationBucket: files });
new resources.AwsCustomResource(chat, "Parameter", {
  onCreate: {
    service: "SSM",
    action: "putParameter",
    parameters: { Name: "/chat/parameter", Value: "made by a custom resource", Type: "String" },
    physicalResourceId: resources.PhysicalResourceId.of("parameter"),
  },
  installLatestAwsSdk: false, // it would ask npm
  policy: resources.AwsCustomResourcePolicy.fromSdkCalls({ resources: ["*"] }),
});
const greet = new sfn.Pass(chat, "Greet", { parameters: { "id.$": "States.UUID()", "rooms.$": "$.rooms" } });
const each = new sfn.Map(chat, "Each", { itemsPath: "$.rooms", resultPath: "$.sent" });
each.itemProcessor(new tasks.SqsSendMessage(chat, "Tell", { queue, messageBody: sfn.TaskInput.fromJsonPathAt("$") }));
const keep = new tasks.DynamoPutItem(chat, "Keep", {
  table,
  item: { id: tasks.DynamoAttributeValue.fromString(sfn.JsonPath.stringAt("$.id")) },
  resultPath: sfn.JsonPath.DISCARD,
});
const ask = new tasks.LambdaInvoke(chat, "Ask", { lambdaFunction: handler, outputPath: "$.Payload" });
const machine = new sfn.StateMachine(chat, "Machine", {
  definitionBody: sfn.DefinitionBody.fromChainable(greet.next(each).next(keep).next(ask)),
});
new cdk.CfnOutput(chat, "MachineArn", { value: machine.stateMachineArn });
new cdk.CfnOutput(chat, "Url", { value: stage.url });
new cdk.CfnOutput(chat, "FilesName", { value: files.bucketName });

const other = new cdk.Stack(app, "Other");
new cdk.CfnOutput(other, "QueueOfChat", { value: queue.queueArn });
new sqs.CfnQueue(other, "Own", { visibilityTimeout: Number(app.node.tryGetContext("seconds") ?? 30) });
