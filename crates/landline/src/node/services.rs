//! The services of a node one by one: what each gets of the ground and of the configuration.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use landline_cloudformation::artifacts::{Artifacts, LocalArtifacts};
use landline_cloudformation::operations::CloudFormation;
use landline_cloudformation::provision::{self, StacksLink};
use landline_cloudformation::sources::DispatchedSources;
use landline_cloudformation::stack::Stacks;
use landline_cognito::{Cognito, CognitoConfig};
use landline_dynamodb::DynamoDb;
use landline_events::{Events, EventsConfig};
use landline_lambda::{LambdaConfig, WatchStreams};
use landline_platform::iam::{Iam, Permissions};
use landline_platform::{
    cloudcontrol::CloudControl, cloudwatch::CloudWatch, ecr::Ecr, kms::Kms, logs::Logs,
    secretsmanager::SecretsManager, ssm::Ssm, sts::Sts, xray::XRay,
};
use landline_s3::S3Config;
use landline_sns::{Retries, Sns, SnsConfig};
use landline_sqs::Sqs;
use landline_states::{States, StatesConfig};
use landline_store::Durability;
use landline_wire::protocol::remote::Remote;
use landline_wire::{Caller, Dispatcher, DispatcherBuilder};

use super::Ground;
use super::streams::TableStreams;
use crate::external::Endpoint;
use crate::own_hosts::OwnHosts;
use crate::permissions::RoleGuard;
use crate::web::{Apis, Subscribers};

/// Knows every service by name, and none of its answers yet.
pub(super) fn declared() -> DispatcherBuilder {
    let mut builder = DispatcherBuilder::new();
    for service in landline_api::SERVICES {
        builder.declare(service);
    }
    builder
}

impl Ground<'_> {
    /// The embedded tables, unless DynamoDB is elsewhere; then they keep still.
    pub(super) async fn tables(
        &self,
        builder: &mut DispatcherBuilder,
    ) -> anyhow::Result<Arc<DynamoDb>> {
        let config = self.config;
        let options = landline_dynamodb::Options {
            strict: config
                .dynamodb_strict
                .then(landline_dynamodb::Strict::default),
            wording: config.dynamodb_wording,
        };
        let (store, clock) = (self.store.clone(), self.clock.clone());
        let of = (config.account_id.as_str(), config.region.as_str());
        let tables = DynamoDb::open_with(store, clock.clone(), of, options).await?;
        match config.external_dynamodb.clone() {
            None => tables.register(builder),
            Some(settings) => {
                let endpoint = Endpoint::new(settings, clock);
                landline_dynamodb::register_remote(&Remote::new(endpoint), builder);
            }
        }
        Ok(tables)
    }

    /// Who tells of news in the streams of tables; streams that are elsewhere have to be asked.
    pub(super) fn news_of(&self, tables: &Arc<DynamoDb>) -> Option<Arc<dyn WatchStreams>> {
        let are_here = self.config.external_dynamodb.is_none();
        are_here.then(|| Arc::new(TableStreams(Arc::clone(tables))) as _)
    }

    /// Roles and users, and who asks them before a call is answered.
    pub(super) fn permissions(&self, builder: &mut DispatcherBuilder) -> Arc<Permissions> {
        let iam = Iam::new(self.store.clone(), self.clock.clone());
        iam.register(builder);
        self.issued.know_users(iam.clone());
        let permissions = Permissions::new(iam, self.config.iam);
        builder.guard(RoleGuard::new(
            Arc::clone(&permissions),
            builder.dispatcher(),
        ));
        permissions
    }

    /// The queues, whose URLs are those of this machine.
    pub(super) fn sqs(&self, builder: &mut DispatcherBuilder) -> anyhow::Result<Arc<Sqs>> {
        let endpoint = self.own_endpoint();
        let sqs = Sqs::open(self.store.clone(), self.clock.clone(), endpoint)?;
        sqs.register(builder);
        Ok(sqs)
    }

    /// The topics, which web servers confirm at an address of this machine.
    pub(super) fn sns(
        &self,
        builder: &mut DispatcherBuilder,
        http: Arc<OwnHosts>,
    ) -> anyhow::Result<Arc<Sns>> {
        let sns = Sns::open(SnsConfig {
            store: self.store.clone(),
            clock: self.clock.clone(),
            dispatcher: builder.dispatcher(),
            web: Arc::new(Subscribers(http)),
            endpoint: self.own_endpoint(),
            retries: Retries::default(),
        })?;
        sns.register(builder);
        Ok(sns)
    }

    pub(super) fn events(&self, builder: &mut DispatcherBuilder) -> anyhow::Result<Arc<Events>> {
        let events = Events::open(EventsConfig {
            store: self.store.clone(),
            clock: self.clock.clone(),
            dispatcher: builder.dispatcher(),
            account_id: self.config.account_id.as_str().into(),
            region: self.config.region.as_str().into(),
            first_pause: Duration::from_secs(1),
        })?;
        events.register(builder);
        Ok(events)
    }

    /// The state machines, whose tasks call the others.
    pub(super) fn states(
        &self,
        builder: &mut DispatcherBuilder,
        http: Arc<OwnHosts>,
    ) -> anyhow::Result<Arc<States>> {
        let states = States::open(StatesConfig {
            store: self.store.clone(),
            clock: self.clock.clone(),
            dispatcher: builder.dispatcher(),
            apis: Arc::new(Apis(http)),
            account_id: self.config.account_id.as_str().into(),
            region: self.config.region.as_str().into(),
        })?;
        states.register(builder);
        Ok(states)
    }

    /// The user pools, whose functions are called on the way of a login.
    pub(super) fn cognito(&self, builder: &mut DispatcherBuilder) -> anyhow::Result<Arc<Cognito>> {
        let cognito = Cognito::open(CognitoConfig {
            store: self.store.clone(),
            clock: self.clock.clone(),
            dispatcher: builder.dispatcher(),
        })?;
        cognito.register(builder);
        Ok(cognito)
    }

    pub(super) fn own_endpoint(&self) -> String {
        format!("http://127.0.0.1:{}", self.address.port())
    }

    /// The small services around an application.
    pub(super) fn register_platform(&self, builder: &mut DispatcherBuilder) {
        let (store, clock) = (&self.store, &self.clock);
        Sts::new(clock.clone(), self.issued.clone()).register(builder);
        Logs::new(store.clone(), clock.clone()).register(builder);
        CloudWatch::new(clock.clone()).register(builder);
        Ssm::new(store.clone(), clock.clone()).register(builder);
        Ecr::new(store.clone(), clock.clone()).register(builder);
        Kms::new(store.clone(), clock.clone()).register(builder);
        SecretsManager::new(store.clone(), clock.clone()).register(builder);
        XRay::register(builder);
        CloudControl::register(builder);
    }

    /// The stacks of the node's owner, whose resources are made by calls of the other services.
    pub(super) fn cloudformation(&self, dispatcher: &Dispatcher) -> Arc<CloudFormation> {
        let owner = Caller::root(&self.config.account_id, &self.config.region);
        let artifacts: Arc<dyn Artifacts> = Arc::new(LocalArtifacts::default());
        let mut providers = provision::providers(dispatcher, &artifacts);
        let (callbacks, link) = (Arc::default(), StacksLink::default());
        provision::add_stack_types(&mut providers, dispatcher, &callbacks, &link);
        let sources = Arc::new(DispatchedSources(dispatcher.clone()));
        let stacks = Stacks::new(self.store.clone(), providers, self.clock.clone(), owner)
            .with_sources(sources)
            .with_callbacks(callbacks);
        let stacks = Arc::new(stacks);
        link.tie(&stacks);
        CloudFormation::new(stacks)
    }

    pub(super) fn s3_config(
        &self,
        dispatcher: Dispatcher,
        permissions: Arc<Permissions>,
    ) -> S3Config {
        S3Config {
            dispatcher: Some(dispatcher),
            data_dir: self.data_dir.clone(),
            store: self.store.clone(),
            durability: match self.config.durability {
                Durability::Full => landline_s3::Durability::Full,
                Durability::Normal | Durability::Off => landline_s3::Durability::Process,
            },
            clock: self.clock.clone(),
            account_id: self.config.account_id.as_str().into(),
            region: self.config.region.as_str().into(),
            permissions: Some(permissions),
        }
    }

    pub(super) fn lambda_config(
        &self,
        dispatcher: Dispatcher,
        helper_exe: Option<PathBuf>,
    ) -> LambdaConfig {
        LambdaConfig {
            data_dir: self.data_dir.clone(),
            pack_dir: Some(self.config.packs_dir.clone()),
            endpoint_port: self.address.port(),
            ca_certificate: Some(self.files.authority()),
            ca_bundle: Some(self.files.bundle()),
            divert_aws_hosts: true,
            account_id: self.config.account_id.as_str().into(),
            region: self.config.region.as_str().into(),
            helper_exe,
            search_path: self.config.search_path.clone(),
            limits: landline_lambda::Limits {
                freeze: self.config.freeze_functions,
                ..landline_lambda::Limits::default()
            },
            credentials: Some(self.issued.clone()),
            permissions: None,
            streams: None,
            runtime: None,
            clock: self.clock.clone(),
            store: self.store.clone(),
            dispatcher,
        }
    }
}
