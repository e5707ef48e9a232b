// A stack that takes over what was made by hand, step by step: `--context step=…` says how far it is.
const cdk = require("aws-cdk-lib");
const dynamodb = require("aws-cdk-lib/aws-dynamodb");
const logs = require("aws-cdk-lib/aws-logs");
const s3 = require("aws-cdk-lib/aws-s3");

const app = new cdk.App();
const step = Number(app.node.tryGetContext("step") ?? 1);
const stack = new cdk.Stack(app, "Kept");
new logs.LogGroup(stack, "Group", { removalPolicy: cdk.RemovalPolicy.DESTROY });
if (step > 1) {
  const partitionKey = { name: "id", type: dynamodb.AttributeType.STRING };
  const billingMode = dynamodb.BillingMode.PAY_PER_REQUEST;
  new dynamodb.Table(stack, "Table", { tableName: "made-by-hand", partitionKey, billingMode });
  new s3.Bucket(stack, "Bucket");
}
if (step > 2) {
  new logs.LogGroup(stack, "Named", { logGroupName: "made-by-hand" });
}
