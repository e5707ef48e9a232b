//! `AWS::Lambda::Function`
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-function.html>

use std::path::Path;
use std::sync::Arc;

use landline_api::lambda::{
    CreateFunction, CreateFunctionInput, DeleteFunction, DeleteFunctionConcurrency,
    FunctionConfiguration, GetFunctionConfiguration, GetFunctionConfigurationInput,
    PutFunctionConcurrency, TagResource, UntagResource, UpdateFunctionCode,
    UpdateFunctionCodeInput, UpdateFunctionConfiguration,
};
use landline_wire::{Caller, Dispatcher};
use serde_json::{Value as Json, json};

use super::super::input::{call, check, delete, input, name, tag_map, text, with_removed};
use super::code;
use super::settings::{change_recursion, change_runtime_updates};
use crate::artifacts::Artifacts;
use crate::provider::{
    Existing, Import, ProvisionError, Provisioned, Provisioning, ResourceProvider, ResourceRequest,
    Schema,
};

pub(in super::super) struct Function {
    dispatcher: Dispatcher,
    artifacts: Arc<dyn Artifacts>,
}

static SCHEMA: Schema = Schema {
    resource_type: "AWS::Lambda::Function",
    required: &["Code", "Role"],
    properties: &[
        "Architectures",
        "CapacityProviderConfig",
        "Code",
        "CodeSigningConfigArn",
        "DeadLetterConfig",
        "Description",
        "DurableConfig",
        "Environment",
        "EphemeralStorage",
        "FileSystemConfigs",
        "FunctionName",
        "FunctionScalingConfig",
        "Handler",
        "ImageConfig",
        "KmsKeyArn",
        "Layers",
        "LoggingConfig",
        "MemorySize",
        "PackageType",
        "PublishToLatestPublished",
        "RecursiveLoop",
        "ReservedConcurrentExecutions",
        "Role",
        "Runtime",
        "RuntimeManagementConfig",
        "SnapStart",
        "Tags",
        "TenancyConfig",
        "Timeout",
        "TracingConfig",
        "VpcConfig",
    ],
    replace_on: &["FunctionName", "PackageType", "TenancyConfig"],
    attributes: &[
        "Arn",
        "SnapStartResponse.ApplyOn",
        "SnapStartResponse.OptimizationStatus",
    ],
};

/// Properties that an update of the configuration does not carry.
const NOT_CONFIGURATION: [&str; 6] = [
    "Architectures",
    "Code",
    "RecursiveLoop",
    "ReservedConcurrentExecutions",
    "RuntimeManagementConfig",
    "Tags",
];

impl Function {
    pub(in super::super) fn new(dispatcher: Dispatcher, artifacts: Arc<dyn Artifacts>) -> Self {
        Self {
            dispatcher,
            artifacts,
        }
    }

    async fn update_code(
        &self,
        function: &str,
        properties: &Json,
        caller: &Caller,
    ) -> Result<(), ProvisionError> {
        let code = code::read(properties, self.artifacts.as_ref())?;
        // What is not named would stay.
        let architectures = properties.get("Architectures").cloned();
        let architectures = architectures.unwrap_or_else(|| json!(["x86_64"]));
        let mut update: UpdateFunctionCodeInput = input(
            &json!({"FunctionName": function, "Architectures": architectures}),
            &[],
        )?;
        update.zip_file = code.zip_file;
        update.s3_bucket = code.s3_bucket;
        update.s3_key = code.s3_key;
        update.s3_object_version = code.s3_object_version;
        update.image_uri = code.image_uri;
        self.dispatcher
            .call::<UpdateFunctionCode>(update, caller)
            .await?;
        Ok(())
    }

    async fn update_configuration(
        &self,
        existing: &Existing,
        request: &ResourceRequest,
    ) -> Result<(), ProvisionError> {
        let cleared = [
            ("DeadLetterConfig", json!({"TargetArn": ""})),
            ("Description", json!("")),
            ("Environment", json!({"Variables": {}})),
            ("EphemeralStorage", json!({"Size": 512})),
            ("FileSystemConfigs", json!([])),
            ("ImageConfig", json!({})),
            ("KmsKeyArn", json!("")),
            ("Layers", json!([])),
            ("LoggingConfig", json!({"LogFormat": "Text"})),
            ("MemorySize", json!(128)),
            ("SnapStart", json!({"ApplyOn": "None"})),
            ("Timeout", json!(3)),
            ("TracingConfig", json!({"Mode": "PassThrough"})),
            (
                "VpcConfig",
                json!({"SubnetIds": [], "SecurityGroupIds": []}),
            ),
        ];
        let mut members = members(&with_removed(request, &existing.properties, &cleared));
        if let Json::Object(fields) = &mut members {
            fields.remove("FunctionName");
        }
        let ids = [("FunctionName", existing.physical_id.as_str())];
        call::<UpdateFunctionConfiguration>(&self.dispatcher, &members, &ids, &request.caller)
            .await?;
        Ok(())
    }

    /// What has operations of its own.
    async fn change_settings(
        &self,
        function: &str,
        before: &Json,
        after: &Json,
        caller: &Caller,
    ) -> Result<(), ProvisionError> {
        const UPDATES: &str = "RuntimeManagementConfig";
        self.change_concurrency(function, before, after, caller)
            .await?;
        let (ids, updates) = (
            (function, "$LATEST"),
            (before.get(UPDATES), after.get(UPDATES)),
        );
        change_runtime_updates(&self.dispatcher, ids, updates, caller).await?;
        change_recursion(&self.dispatcher, function, (before, after), caller).await
    }

    async fn change_concurrency(
        &self,
        function: &str,
        before: &Json,
        after: &Json,
        caller: &Caller,
    ) -> Result<(), ProvisionError> {
        const KEY: &str = "ReservedConcurrentExecutions";
        let (had, wants) = (before.get(KEY), after.get(KEY));
        if had == wants {
            return Ok(());
        }
        let members = json!({"FunctionName": function, KEY: wants});
        match wants {
            Some(_) => {
                call::<PutFunctionConcurrency>(&self.dispatcher, &members, &[], caller).await?;
            }
            None => {
                call::<DeleteFunctionConcurrency>(&self.dispatcher, &members, &[], caller).await?;
            }
        }
        Ok(())
    }

    async fn change_tags(
        &self,
        arn: &str,
        before: &Json,
        after: &Json,
        caller: &Caller,
    ) -> Result<(), ProvisionError> {
        let (had, wants) = (tag_map(before), tag_map(after));
        let removed: Vec<&String> = had.keys().filter(|key| !wants.contains_key(*key)).collect();
        if !removed.is_empty() {
            call::<UntagResource>(
                &self.dispatcher,
                &json!({"Resource": arn, "TagKeys": removed}),
                &[],
                caller,
            )
            .await?;
        }
        if had != wants && !wants.is_empty() {
            call::<TagResource>(
                &self.dispatcher,
                &json!({"Resource": arn, "Tags": wants}),
                &[],
                caller,
            )
            .await?;
        }
        Ok(())
    }
}

/// The members of Lambda's operations, but for the code: two of them have other forms in a template.
fn members(properties: &Json) -> Json {
    let mut members = properties.clone();
    if let Json::Object(fields) = &mut members {
        fields.remove("Code");
        if fields.contains_key("Tags") {
            fields.insert("Tags".to_owned(), Json::Object(tag_map(properties)));
        }
        if let Some(key) = fields.remove("KmsKeyArn") {
            fields.insert("KMSKeyArn".to_owned(), key);
        }
    }
    members
}

fn function_arn(function: &str, caller: &Caller) -> String {
    format!(
        "arn:aws:lambda:{}:{}:function:{function}",
        caller.region, caller.account_id
    )
}

fn made(
    function: &str,
    configuration: Option<FunctionConfiguration>,
    caller: &Caller,
) -> Provisioned {
    let arn = configuration.and_then(|configuration| configuration.function_arn);
    Provisioned::new(function).with(
        "Arn",
        Some(arn.unwrap_or_else(|| function_arn(function, caller))),
    )
}

/// The attributes that tell of a snapshot: only a version would have one.
fn with_snap_start(made: Provisioned, properties: &Json) -> Provisioned {
    let wanted = properties.get("SnapStart");
    let apply_on = wanted.and_then(|it| text(it, "ApplyOn"));
    let apply_on = apply_on.unwrap_or_else(|| "None".to_owned());
    made.with("SnapStartResponse.ApplyOn", Some(apply_on))
        .with("SnapStartResponse.OptimizationStatus", Some("Off"))
}

fn differ(before: &Json, after: &Json, counts: impl Fn(&str) -> bool) -> bool {
    let keys = before
        .as_object()
        .into_iter()
        .chain(after.as_object())
        .flat_map(|fields| fields.keys());
    keys.into_iter()
        .any(|key| counts(key) && before.get(key) != after.get(key))
}

impl ResourceProvider for Function {
    fn schema(&self) -> &'static Schema {
        &SCHEMA
    }

    fn import(&self) -> Option<&'static Import> {
        Some(&Import {
            identifier: "FunctionName",
            name: Some("FunctionName"),
        })
    }

    fn find<'a>(
        &'a self,
        identifier: &'a str,
        caller: &'a Caller,
    ) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let input = GetFunctionConfigurationInput {
                function_name: identifier.to_owned(),
                qualifier: None,
            };
            let found = self
                .dispatcher
                .call::<GetFunctionConfiguration>(input, caller);
            match found.await {
                Ok(configuration) => Ok(made(identifier, Some(configuration), caller)),
                Err(error) if error.code == "ResourceNotFoundException" => {
                    Err(ProvisionError::not_found(SCHEMA.resource_type, identifier))
                }
                Err(error) => Err(error.into()),
            }
        })
    }

    fn prepare<'a>(
        &'a self,
        properties: Json,
        directory: Option<&'a Path>,
    ) -> Provisioning<'a, Json> {
        Box::pin(code::prepare(
            properties,
            "Code",
            directory,
            self.artifacts.as_ref(),
        ))
    }

    fn intended_id(&self, request: &ResourceRequest) -> Option<String> {
        Some(name(request, "FunctionName"))
    }

    fn check(&self, properties: &Json) -> Result<(), ProvisionError> {
        let mut members = members(properties);
        members["Code"] = json!({});
        if members.get("FunctionName").is_none() {
            members["FunctionName"] = json!("name");
        }
        check::<CreateFunction>(&members, &[])
    }

    fn create<'a>(&'a self, request: &'a ResourceRequest) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let function = name(request, "FunctionName");
            let mut members = members(&request.properties);
            members["FunctionName"] = Json::String(function.clone());
            members["Code"] = json!({});
            let mut create: CreateFunctionInput = input(&members, &[])?;
            create.code = code::read(&request.properties, self.artifacts.as_ref())?;
            let configuration = self
                .dispatcher
                .call::<CreateFunction>(create, &request.caller)
                .await?;
            let (before, after) = (json!({}), &request.properties);
            self.change_settings(&function, &before, after, &request.caller)
                .await?;
            let made = made(&function, Some(configuration), &request.caller);
            Ok(with_snap_start(made, after))
        })
    }

    fn update<'a>(
        &'a self,
        existing: &'a Existing,
        request: &'a ResourceRequest,
    ) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let (before, after) = (&existing.properties, &request.properties);
            let function = existing.physical_id.as_str();
            // The configuration first: new code may need what it holds, old code was there before it.
            if differ(before, after, |key| !NOT_CONFIGURATION.contains(&key)) {
                self.update_configuration(existing, request).await?;
            }
            if differ(before, after, |key| key == "Code" || key == "Architectures") {
                self.update_code(function, after, &request.caller).await?;
            }
            self.change_settings(function, before, after, &request.caller)
                .await?;
            self.change_tags(
                &function_arn(function, &request.caller),
                before,
                after,
                &request.caller,
            )
            .await?;
            let made = made(function, None, &request.caller);
            Ok(with_snap_start(made, after))
        })
    }

    fn delete<'a>(&'a self, existing: &'a Existing, caller: &'a Caller) -> Provisioning<'a, ()> {
        Box::pin(async move {
            delete::<DeleteFunction>(
                &self.dispatcher,
                &json!({"FunctionName": existing.physical_id}),
                &[],
                caller,
            )
            .await
        })
    }
}
