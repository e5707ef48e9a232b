//! `AWS::Events::EventBus`, `AWS::Events::EventBusPolicy`.

use landline_api::events::{
    Condition, CreateEventBus, CreateEventBusInput, DeadLetterConfig, DeleteEventBus,
    DeleteEventBusInput, DescribeEventBus, DescribeEventBusInput, PutPermission,
    PutPermissionInput, RemovePermission, RemovePermissionInput, UpdateEventBus,
    UpdateEventBusInput,
};
use landline_wire::{Caller, Dispatcher};
use serde_json::{Value as Json, json};
use tokio::sync::Mutex;

use super::{change_tags, tag_list, tags, unless_gone};
use crate::provider::{
    Existing, ProvisionError, Provisioned, Provisioning, ResourceProvider, ResourceRequest, Schema,
};
use crate::provision::input::{document, text};

#[derive(Debug)]
pub(in crate::provision) struct EventBus(pub(in crate::provision) Dispatcher);

static EVENT_BUS: Schema = Schema {
    resource_type: "AWS::Events::EventBus",
    required: &["Name"],
    properties: &[
        "DeadLetterConfig",
        "Description",
        "EventSourceName",
        "KmsKeyIdentifier",
        "LogConfig",
        "Name",
        "Policy",
        "Tags",
    ],
    replace_on: &["EventSourceName", "Name"],
    attributes: &["Arn", "Name"],
};

fn bus_arn(name: &str, caller: &Caller) -> String {
    let (region, account) = (&caller.region, &caller.account_id);
    format!("arn:aws:events:{region}:{account}:event-bus/{name}")
}

fn dead_letters(properties: &Json) -> Option<DeadLetterConfig> {
    let arn = text(properties.get("DeadLetterConfig")?, "Arn");
    Some(DeadLetterConfig { arn })
}

fn made(name: &str, caller: &Caller) -> Provisioned {
    Provisioned::new(name)
        .with("Arn", Some(bus_arn(name, caller)))
        .with("Name", Some(name))
}

impl ResourceProvider for EventBus {
    fn schema(&self) -> &'static Schema {
        &EVENT_BUS
    }

    fn intended_id(&self, request: &ResourceRequest) -> Option<String> {
        text(&request.properties, "Name")
    }

    fn create<'a>(&'a self, request: &'a ResourceRequest) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let properties = &request.properties;
            let name = text(properties, "Name").unwrap_or_default();
            let input = CreateEventBusInput {
                name: name.clone(),
                description: text(properties, "Description"),
                kms_key_identifier: text(properties, "KmsKeyIdentifier"),
                dead_letter_config: dead_letters(properties),
                tags: tag_list(tags(properties)),
                ..Default::default()
            };
            self.0
                .call::<CreateEventBus>(input, &request.caller)
                .await?;
            self.set_policy(&name, &Json::Null, request).await?;
            Ok(made(&name, &request.caller))
        })
    }

    fn update<'a>(
        &'a self,
        existing: &'a Existing,
        request: &'a ResourceRequest,
    ) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let name = &existing.physical_id;
            let (before, after) = (&existing.properties, &request.properties);
            let input = UpdateEventBusInput {
                name: Some(name.clone()),
                description: text(after, "Description"),
                kms_key_identifier: text(after, "KmsKeyIdentifier"),
                dead_letter_config: dead_letters(after),
                ..Default::default()
            };
            self.0
                .call::<UpdateEventBus>(input, &request.caller)
                .await?;
            self.set_policy(name, before, request).await?;
            let arn = bus_arn(name, &request.caller);
            change_tags(&self.0, &arn, before, after, &request.caller).await?;
            Ok(made(name, &request.caller))
        })
    }

    fn delete<'a>(&'a self, existing: &'a Existing, caller: &'a Caller) -> Provisioning<'a, ()> {
        Box::pin(async move {
            let input = DeleteEventBusInput {
                name: existing.physical_id.clone(),
            };
            unless_gone(self.0.call::<DeleteEventBus>(input, caller).await)
        })
    }
}

impl EventBus {
    async fn set_policy(
        &self,
        name: &str,
        before: &Json,
        request: &ResourceRequest,
    ) -> Result<(), ProvisionError> {
        if let Some(policy) = request.properties.get("Policy") {
            let input = PutPermissionInput {
                event_bus_name: Some(name.to_owned()),
                policy: Some(document(policy)),
                ..Default::default()
            };
            self.0.call::<PutPermission>(input, &request.caller).await?;
        } else if before.get("Policy").is_some() {
            let input = RemovePermissionInput {
                event_bus_name: Some(name.to_owned()),
                remove_all_permissions: Some(true),
                ..Default::default()
            };
            let dispatcher = &self.0;
            dispatcher
                .call::<RemovePermission>(input, &request.caller)
                .await?;
        }
        Ok(())
    }
}

/// A statement of a bus's policy.
#[derive(Debug)]
pub(in crate::provision) struct EventBusPolicy {
    dispatcher: Dispatcher,
    /// A statement is put by way of the whole policy, and a stack may put several at a time.
    policies: Mutex<()>,
}

static EVENT_BUS_POLICY: Schema = Schema {
    resource_type: "AWS::Events::EventBusPolicy",
    required: &["StatementId"],
    properties: &[
        "Action",
        "Condition",
        "EventBusName",
        "Principal",
        "Statement",
        "StatementId",
    ],
    replace_on: &["EventBusName", "StatementId"],
    attributes: &[],
};

impl EventBusPolicy {
    pub(in crate::provision) fn new(dispatcher: Dispatcher) -> Self {
        Self {
            dispatcher,
            policies: Mutex::new(()),
        }
    }

    /// Puts a whole statement into the policy that a bus has.
    async fn put_statement(
        &self,
        mut statement: Json,
        request: &ResourceRequest,
    ) -> Result<(), ProvisionError> {
        let (properties, caller) = (&request.properties, &request.caller);
        let id = text(properties, "StatementId");
        let bus = text(properties, "EventBusName");
        let _one_at_a_time = self.policies.lock().await;
        let input = DescribeEventBusInput { name: bus.clone() };
        let described = self.dispatcher.call::<DescribeEventBus>(input, caller);
        let policy = described.await?.policy.unwrap_or_default();
        let policy: Json = serde_json::from_str(&policy).unwrap_or_default();
        let mut statements = match policy.get("Statement") {
            Some(Json::Array(statements)) => statements.clone(),
            Some(one) => vec![one.clone()],
            None => Vec::new(),
        };
        statement["Sid"] = json!(id);
        statements.retain(|other| other["Sid"] != statement["Sid"]);
        statements.push(statement);
        let policy = json!({"Version": "2012-10-17", "Statement": statements});
        let input = PutPermissionInput {
            event_bus_name: bus,
            policy: Some(policy.to_string()),
            ..Default::default()
        };
        self.dispatcher.call::<PutPermission>(input, caller).await?;
        Ok(())
    }

    async fn put(&self, request: &ResourceRequest) -> Result<Provisioned, ProvisionError> {
        let properties = &request.properties;
        let id = text(properties, "StatementId").unwrap_or_default();
        // A whole statement says what the other properties say, and more.
        if let Some(statement @ Json::Object(_)) = properties.get("Statement") {
            self.put_statement(statement.clone(), request).await?;
            return Ok(Provisioned::new(id));
        }
        let condition = properties.get("Condition").map(|condition| {
            let part = |name: &str| text(condition, name).unwrap_or_default();
            Condition {
                r#type: part("Type"),
                key: part("Key"),
                value: part("Value"),
            }
        });
        let action = text(properties, "Action");
        let input = PutPermissionInput {
            event_bus_name: text(properties, "EventBusName"),
            action: action.or_else(|| Some("events:PutEvents".to_owned())),
            principal: text(properties, "Principal").or_else(|| Some("*".to_owned())),
            statement_id: Some(id.clone()),
            condition,
            ..Default::default()
        };
        let _one_at_a_time = self.policies.lock().await;
        self.dispatcher
            .call::<PutPermission>(input, &request.caller)
            .await?;
        Ok(Provisioned::new(id))
    }
}

impl ResourceProvider for EventBusPolicy {
    fn schema(&self) -> &'static Schema {
        &EVENT_BUS_POLICY
    }

    fn create<'a>(&'a self, request: &'a ResourceRequest) -> Provisioning<'a, Provisioned> {
        Box::pin(self.put(request))
    }

    fn update<'a>(
        &'a self,
        _existing: &'a Existing,
        request: &'a ResourceRequest,
    ) -> Provisioning<'a, Provisioned> {
        Box::pin(self.put(request))
    }

    fn delete<'a>(&'a self, existing: &'a Existing, caller: &'a Caller) -> Provisioning<'a, ()> {
        Box::pin(async move {
            let input = RemovePermissionInput {
                event_bus_name: text(&existing.properties, "EventBusName"),
                statement_id: Some(existing.physical_id.clone()),
                ..Default::default()
            };
            let _one_at_a_time = self.policies.lock().await;
            unless_gone(
                self.dispatcher
                    .call::<RemovePermission>(input, caller)
                    .await,
            )
        })
    }
}
