//! Whether the table fits the operations that it names.

use landline_api::{
    apigateway, apigatewayv2 as gateway, dynamodb, events, iam, lambda, logs, s3, secretsmanager,
    sns, sqs, ssm, stepfunctions,
};
use landline_wire::Operation;
use landline_wire::shape::{Structure, Unit};

use super::*;

fn has<S: Structure>(name: &str) -> bool {
    let (first, _) = name.split_once('.').unwrap_or((name, ""));
    let structure = S::default();
    let members = structure.schema().members;
    // Calls by name have every member with a capital letter.
    let capital = |name: &str| name[..1].to_uppercase() + &name[1..];
    members.is_empty() || members.iter().any(|member| capital(member.name) == first)
}

/// Checks the readings by an operation, whose answer has the properties in a `Part`; `Unit` is a map.
#[track_caller]
fn check<Op: Operation, Part: Structure>() -> usize
where
    Op::Input: Structure,
    Op::Output: Structure,
{
    let (service, operation) = (Op::META.service.name, Op::META.name);
    let readings: Vec<&Reading> = READINGS
        .iter()
        .filter(|reading| reading.service == service && reading.operation == operation)
        .collect();
    assert!(!readings.is_empty(), "{service} {operation}");
    for reading in &readings {
        let of = reading.resource_type;
        for (member, _) in reading.input {
            assert!(has::<Op::Input>(member), "{of}: {member}");
        }
        let part = reading.within.or(reading.listed.map(|(list, _)| list));
        assert!(part.is_none_or(has::<Op::Output>), "{of}");
        let renamed = reading.renamed.iter().chain(reading.told);
        let paths = renamed.map(|(_, path)| *path);
        for path in paths.chain(reading.properties.iter().copied()) {
            assert!(has::<Part>(path), "{of}: {path}");
        }
    }
    readings.len()
}

#[test]
fn readings_name_operations_and_members_that_exist() {
    let checked = [
        check::<gateway::GetApi, <gateway::GetApi as Operation>::Output>(),
        check::<gateway::GetRoute, <gateway::GetRoute as Operation>::Output>(),
        check::<gateway::GetRouteResponse, <gateway::GetRouteResponse as Operation>::Output>(),
        check::<gateway::GetIntegration, <gateway::GetIntegration as Operation>::Output>(),
        check::<
            gateway::GetIntegrationResponse,
            <gateway::GetIntegrationResponse as Operation>::Output,
        >(),
        check::<gateway::GetAuthorizer, <gateway::GetAuthorizer as Operation>::Output>(),
        check::<gateway::GetModel, <gateway::GetModel as Operation>::Output>(),
        check::<gateway::GetDeployment, <gateway::GetDeployment as Operation>::Output>(),
        check::<gateway::GetStage, <gateway::GetStage as Operation>::Output>(),
        check::<apigateway::GetRestApi, <apigateway::GetRestApi as Operation>::Output>(),
        check::<apigateway::GetResource, <apigateway::GetResource as Operation>::Output>(),
        check::<apigateway::GetStage, <apigateway::GetStage as Operation>::Output>(),
        check::<lambda::GetFunction, lambda::GetFunctionOutput>(),
        check::<lambda::GetAlias, lambda::AliasConfiguration>(),
        check::<lambda::GetFunctionUrlConfig, <lambda::GetFunctionUrlConfig as Operation>::Output>(
        ),
        check::<lambda::GetEventSourceMapping, lambda::EventSourceMappingConfiguration>(),
        check::<dynamodb::DescribeTable, dynamodb::TableDescription>(),
        check::<sqs::GetQueueAttributes, Unit>(),
        check::<sns::GetTopicAttributes, Unit>(),
        check::<iam::GetRole, iam::Role>(),
        check::<iam::GetPolicy, iam::Policy>(),
        check::<logs::DescribeLogGroups, logs::LogGroup>(),
        check::<ssm::GetParameter, ssm::Parameter>(),
        check::<secretsmanager::DescribeSecret, secretsmanager::DescribeSecretOutput>(),
        check::<events::DescribeRule, events::DescribeRuleOutput>(),
        check::<stepfunctions::DescribeStateMachine, stepfunctions::DescribeStateMachineOutput>(),
        check::<s3::HeadBucket, s3::HeadBucketOutput>(),
    ];
    assert_eq!(checked.iter().sum::<usize>(), READINGS.len());
}
