//! The resource types that can be deployed, one file per family, written as calls through the dispatcher.

mod api_gateway;
mod api_gateway_v2;
mod cloudformation;
mod cognito;
mod definition;
mod dynamodb;
mod ecr;
mod events;
mod iam;
mod input;
mod kms;
mod lambda;
mod log_filters;
mod log_stream;
mod logs;
mod metadata;
mod observation;
mod s3;
mod scheduler;
mod secretsmanager;
mod sns;
mod sqs;
mod ssm;
mod states;
mod without_effect;

use std::sync::Arc;

pub use cloudformation::{StacksLink, add_stack_types};
use landline_wire::Dispatcher;

use crate::artifacts::Artifacts;
use crate::provider::Providers;

/// All resource types that Landline deploys.
pub fn providers(dispatcher: &Dispatcher, artifacts: &Arc<dyn Artifacts>) -> Providers {
    let mut providers = Providers::default();
    add_apis(&mut providers, dispatcher);
    add_messages(&mut providers, dispatcher);
    add_users(&mut providers, dispatcher);
    add_permissions(&mut providers, dispatcher);
    providers
        .add(lambda::Function::new(dispatcher.clone(), artifacts.clone()))
        .add(lambda::Permission(dispatcher.clone()))
        .add(lambda::EventSourceMapping(dispatcher.clone()))
        .add(lambda::Version::new(dispatcher.clone(), artifacts.clone()))
        .add(lambda::Alias(dispatcher.clone()))
        .add(lambda::LayerVersion::new(
            dispatcher.clone(),
            artifacts.clone(),
        ))
        .add(lambda::LayerVersionPermission(dispatcher.clone()))
        .add(lambda::Url(dispatcher.clone()))
        .add(lambda::EventInvokeConfig(dispatcher.clone()))
        .add(dynamodb::Table(dispatcher.clone()))
        .add(dynamodb::GlobalTable::new(dispatcher.clone()))
        .add(logs::LogGroup(dispatcher.clone()))
        .add(log_stream::LogStream(dispatcher.clone()))
        .add(log_filters::subscription(dispatcher.clone()))
        .add(log_filters::metric(dispatcher.clone()))
        .add(s3::Bucket(dispatcher.clone()))
        .add(s3::BucketPolicy(dispatcher.clone()))
        .add(secretsmanager::Secret(dispatcher.clone()))
        .add(ssm::Parameter(dispatcher.clone()))
        .add(ecr::Repository(dispatcher.clone()))
        .add(kms::Key(dispatcher.clone()))
        .add(kms::Alias(dispatcher.clone()))
        .add(sqs::Queue(dispatcher.clone()))
        .add(sqs::QueuePolicy(dispatcher.clone()))
        .add(metadata::Metadata);
    providers.note_with(without_effect::note);
    providers.observe_with(Arc::new(observation::Services(dispatcher.clone())));
    let without_effect = Arc::new(without_effect::WithoutEffect);
    for beginning in without_effect::FAMILIES {
        providers.add_family(beginning, without_effect.clone());
    }
    providers
}

fn add_apis(providers: &mut Providers, dispatcher: &Dispatcher) {
    providers
        .add(api_gateway_v2::Api(dispatcher.clone()))
        .add(api_gateway_v2::Route(dispatcher.clone()))
        .add(api_gateway_v2::RouteResponse(dispatcher.clone()))
        .add(api_gateway_v2::Integration(dispatcher.clone()))
        .add(api_gateway_v2::IntegrationResponse(dispatcher.clone()))
        .add(api_gateway_v2::Authorizer(dispatcher.clone()))
        .add(api_gateway_v2::Model(dispatcher.clone()))
        .add(api_gateway_v2::Deployment(dispatcher.clone()))
        .add(api_gateway_v2::Stage(dispatcher.clone()))
        .add(api_gateway_v2::DomainName(dispatcher.clone()))
        .add(api_gateway_v2::ApiMapping(dispatcher.clone()))
        .add(api_gateway_v2::VpcLink(dispatcher.clone()))
        .add(api_gateway::RestApi(dispatcher.clone()))
        .add(api_gateway::Resource(dispatcher.clone()))
        .add(api_gateway::Method(dispatcher.clone()))
        .add(api_gateway::Deployment(dispatcher.clone()))
        .add(api_gateway::Stage(dispatcher.clone()))
        .add(api_gateway::Authorizer(dispatcher.clone()))
        .add(api_gateway::GatewayResponse(dispatcher.clone()))
        .add(api_gateway::Model(dispatcher.clone()))
        .add(api_gateway::RequestValidator(dispatcher.clone()))
        .add(api_gateway::DocumentationPart(dispatcher.clone()))
        .add(api_gateway::DocumentationVersion(dispatcher.clone()))
        .add(api_gateway::ApiKey(dispatcher.clone()))
        .add(api_gateway::UsagePlan(dispatcher.clone()))
        .add(api_gateway::UsagePlanKey(dispatcher.clone()))
        .add(api_gateway::ClientCertificate(dispatcher.clone()))
        .add(api_gateway::Account(dispatcher.clone()))
        .add(api_gateway::DomainName(dispatcher.clone()))
        .add(api_gateway::BasePathMapping(dispatcher.clone()));
}

/// What brings messages from elsewhere.
fn add_messages(providers: &mut Providers, dispatcher: &Dispatcher) {
    providers
        .add(sns::Topic(dispatcher.clone()))
        .add(sns::Subscription(dispatcher.clone()))
        .add(sns::TopicPolicy(dispatcher.clone()))
        .add(sns::TopicInlinePolicy(dispatcher.clone()))
        .add(events::Rule(dispatcher.clone()))
        .add(events::EventBus(dispatcher.clone()))
        .add(events::EventBusPolicy::new(dispatcher.clone()))
        .add(events::Archive(dispatcher.clone()))
        .add(scheduler::Schedule(dispatcher.clone()))
        .add(scheduler::ScheduleGroup(dispatcher.clone()))
        .add(states::StateMachine(dispatcher.clone()))
        .add(states::Activity(dispatcher.clone()))
        .add(states::StateMachineVersion(dispatcher.clone()))
        .add(states::StateMachineAlias(dispatcher.clone()));
}

/// Who an application's users are.
fn add_users(providers: &mut Providers, dispatcher: &Dispatcher) {
    providers
        .add(cognito::UserPool(dispatcher.clone()))
        .add(cognito::UserPoolClient(dispatcher.clone()))
        .add(cognito::UserPoolDomain(dispatcher.clone()))
        .add(cognito::UserPoolGroup(dispatcher.clone()))
        .add(cognito::UserToGroup(dispatcher.clone()))
        .add(cognito::UserPoolUser(dispatcher.clone()))
        .add(cognito::ResourceServer(dispatcher.clone()))
        .add(cognito::IdentityPool(dispatcher.clone()))
        .add(cognito::RoleAttachment(dispatcher.clone()));
}

/// Who may what.
fn add_permissions(providers: &mut Providers, dispatcher: &Dispatcher) {
    providers
        .add(iam::Role(dispatcher.clone()))
        .add(iam::Policy(dispatcher.clone()))
        .add(iam::ManagedPolicy(dispatcher.clone()))
        .add(iam::OwnPolicy::of_role(dispatcher.clone()))
        .add(iam::OwnPolicy::of_user(dispatcher.clone()))
        .add(iam::OwnPolicy::of_group(dispatcher.clone()))
        .add(iam::User(dispatcher.clone()))
        .add(iam::Group(dispatcher.clone()))
        .add(iam::UserToGroupAddition(dispatcher.clone()))
        .add(iam::AccessKey(dispatcher.clone()));
}

#[cfg(test)]
mod tests;
