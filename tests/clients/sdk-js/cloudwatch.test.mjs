// CloudWatch as the AWS SDK for JavaScript calls it: in JSON or in CBOR, and compressed where there is much to send.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import {
  CloudWatchClient,
  GetMetricDataCommand,
  GetMetricStatisticsCommand,
  InvalidParameterCombinationException,
  ListMetricsCommand,
  MissingRequiredParameterException,
  PutMetricDataCommand,
} from "@aws-sdk/client-cloudwatch";
import { AwsJson1_0Protocol, AwsSmithyRpcV2CborProtocol } from "@aws-sdk/core/protocols";
import { dev } from "./server.mjs";

const PROTOCOLS = [
  ["JSON", AwsJson1_0Protocol, "application/x-amz-json-1.0"],
  ["CBOR", AwsSmithyRpcV2CborProtocol, "application/cbor"],
];
let server;

before(async () => (server = await dev("examples/chat/template-node.yaml")));
after(() => server?.stop());

const span = () => ({ StartTime: new Date(Date.now() - 3_600_000), EndTime: new Date(Date.now() + 60_000) });

for (const [name, protocol, contentType] of PROTOCOLS)
  describe(`in ${name}`, () => {
    const Namespace = `Own/${name}`;
    const requests = [];
    let cloudwatch;

    before(() => {
      cloudwatch = new CloudWatchClient({ ...server.config, protocol });
      cloudwatch.middlewareStack.add(
        (next) => (call) => {
          requests.push(call.request.headers);
          return next(call);
        },
        { step: "finalizeRequest", priority: "low" },
      );
      // In CBOR the SDK tells the length of the body before it compresses it.
      cloudwatch.middlewareStack.add(
        (next) => ({ request, ...rest }) => {
          request.headers["content-length"] = String(request.body.length);
          return next({ request, ...rest });
        },
        { step: "build", priority: "low" },
      );
    });

    test("a metric is put and read back, with dates and numbers of their kinds", async () => {
      const Dimensions = [{ Name: "Room", Value: "7" }];
      const Timestamp = new Date(Math.floor(Date.now() / 60_000) * 60_000 - 120_000);
      const Talk = { MetricName: "Talk", Dimensions, Timestamp, Values: [1.5, 2.5], Counts: [1, 3], Unit: "Count" };
      await cloudwatch.send(new PutMetricDataCommand({ Namespace, MetricData: [Talk] }));
      const asked = { Namespace, MetricName: "Talk", Dimensions, Period: 60, Statistics: ["Sum", "SampleCount"] };
      const { Label, Datapoints } = await cloudwatch.send(new GetMetricStatisticsCommand({ ...asked, ...span() }));
      assert.equal(Label, "Talk");
      assert.deepEqual(Datapoints, [{ Timestamp, Sum: 9, SampleCount: 4, Unit: "Count" }]);
      const { Metrics } = await cloudwatch.send(new ListMetricsCommand({ Namespace }));
      assert.deepEqual(Metrics, [{ Namespace, MetricName: "Talk", Dimensions }]);
      assert.deepEqual([...new Set(requests.map((headers) => headers["content-type"]))], [contentType]);
    });

    test("what is large comes compressed", async () => {
      requests.length = 0;
      const datum = (_, at) => ({ MetricName: `Load${at % 3}`, Value: at, Unit: "None" });
      const MetricData = Array.from({ length: 1000 }, datum);
      await cloudwatch.send(new PutMetricDataCommand({ Namespace: `${Namespace}/Large`, MetricData }));
      assert.equal(requests[0]["content-encoding"], "gzip");
      const { Metrics } = await cloudwatch.send(new ListMetricsCommand({ Namespace: `${Namespace}/Large` }));
      assert.equal(Metrics.length, 3);
    });

    test("an expression is computed", async () => {
      const MetricData = [
        { MetricName: "Errors", Value: 3 },
        { MetricName: "Calls", Value: 12 },
      ];
      await cloudwatch.send(new PutMetricDataCommand({ Namespace: `${Namespace}/Math`, MetricData }));
      const metric = (Id, MetricName) => ({
        Id,
        MetricStat: { Metric: { Namespace: `${Namespace}/Math`, MetricName }, Period: 60, Stat: "Sum" },
        ReturnData: false,
      });
      const MetricDataQueries = [
        { Id: "rate", Expression: "100 * SUM([errors]) / calls", Label: "percent" },
        metric("errors", "Errors"),
        metric("calls", "Calls"),
      ];
      const { MetricDataResults } = await cloudwatch.send(new GetMetricDataCommand({ MetricDataQueries, ...span() }));
      assert.equal(MetricDataResults.length, 1);
      const [{ Label, Values, StatusCode, Timestamps }] = MetricDataResults;
      assert.deepEqual([Label, Values, StatusCode], ["percent", [25], "Complete"]);
      assert.ok(Timestamps[0] instanceof Date);
    });

    test("an error is an exception of its own class", async () => {
      const none = { Namespace, MetricName: "Talk", Period: 60, ...span() };
      await assert.rejects(cloudwatch.send(new GetMetricStatisticsCommand(none)), (error) => {
        assert.ok(error instanceof MissingRequiredParameterException, error.name);
        assert.equal(error.$metadata.httpStatusCode, 400);
        assert.match(error.message, /^At least one of the parameters Statistics/);
        return true;
      });
      const both = { MetricName: "Talk", Value: 1, Values: [1] };
      await assert.rejects(
        cloudwatch.send(new PutMetricDataCommand({ Namespace, MetricData: [both] })),
        InvalidParameterCombinationException,
      );
      const bad = { MetricDataQueries: [{ Id: "e1", Expression: "1 +" }], ...span() };
      await assert.rejects(cloudwatch.send(new GetMetricDataCommand(bad)), {
        name: "ValidationException",
        message: "Error in expression 'e1': Invalid syntax",
      });
    });
  });
