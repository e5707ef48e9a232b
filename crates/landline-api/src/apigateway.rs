//! `apigateway`, version 2015-07-09: shapes and operations.
//!
//! Written by `cargo xtask codegen` from the service's model; do not edit.

use std::collections::BTreeMap;

use landline_wire::{
    Protocol, Timestamp, service, shape::Location, shape::Unit, string_enum, structure,
};

service! { apigateway signed "apigateway" speaks Protocol::RestJson, validates "BadRequestException";
    errors {
        BadRequestException "BadRequestException" 400 "message",
        ConflictException "ConflictException" 409 "message",
        LimitExceededException "LimitExceededException" 429 "message",
        NotFoundException "NotFoundException" 404 "message",
        TooManyRequestsException "TooManyRequestsException" 429 "message",
        UnauthorizedException "UnauthorizedException" 401 "message",
    }
    operations {
        POST "/apikeys" => CreateApiKey(CreateApiKeyInput) -> 201 ApiKey;
        GET "/apikeys/{api_Key}" => GetApiKey(GetApiKeyInput) -> 200 ApiKey;
        GET "/apikeys" => GetApiKeys(GetApiKeysInput) -> 200 ApiKeys;
        PATCH "/apikeys/{api_Key}" => UpdateApiKey(UpdateApiKeyInput) -> 200 ApiKey;
        DELETE "/apikeys/{api_Key}" => DeleteApiKey(DeleteApiKeyInput) -> 202 Unit;
        POST "/usageplans" => CreateUsagePlan(CreateUsagePlanInput) -> 201 UsagePlan;
        GET "/usageplans/{usageplanId}" => GetUsagePlan(GetUsagePlanInput) -> 200 UsagePlan;
        GET "/usageplans" => GetUsagePlans(GetUsagePlansInput) -> 200 UsagePlans;
        PATCH "/usageplans/{usageplanId}" => UpdateUsagePlan(UpdateUsagePlanInput) -> 200 UsagePlan;
        DELETE "/usageplans/{usageplanId}" => DeleteUsagePlan(DeleteUsagePlanInput) -> 202 Unit;
        POST "/usageplans/{usageplanId}/keys" => CreateUsagePlanKey(CreateUsagePlanKeyInput) -> 201 UsagePlanKey;
        GET "/usageplans/{usageplanId}/keys/{keyId}" => GetUsagePlanKey(GetUsagePlanKeyInput) -> 200 UsagePlanKey;
        GET "/usageplans/{usageplanId}/keys" => GetUsagePlanKeys(GetUsagePlanKeysInput) -> 200 UsagePlanKeys;
        DELETE "/usageplans/{usageplanId}/keys/{keyId}" => DeleteUsagePlanKey(DeleteUsagePlanKeyInput) -> 202 Unit;
        GET "/usageplans/{usageplanId}/usage" => GetUsage(GetUsageInput) -> 200 Usage;
        GET "/account" => GetAccount(GetAccountInput) -> 200 Account;
        PATCH "/account" => UpdateAccount(UpdateAccountInput) -> 200 Account;
        GET "/tags/{resource_arn}" => GetTags(GetTagsInput) -> 200 Tags;
        PUT "/tags/{resource_arn}" => TagResource(TagResourceInput) -> 204 Unit;
        DELETE "/tags/{resource_arn}" => UntagResource(UntagResourceInput) -> 204 Unit;
    }
}

structure! { Account "Account" {
    cloudwatch_role_arn: optional String, "cloudwatchRoleArn" as "cloudwatchRoleArn";
    throttle_settings: optional ThrottleSettings, "throttleSettings" as "throttleSettings";
    features: optional Vec<String>, "features" as "features";
    api_key_version: optional String, "apiKeyVersion" as "apiKeyVersion";
} }

structure! { ApiKey "ApiKey" {
    id: optional String, "id" as "id";
    value: optional String, "value" as "value";
    name: optional String, "name" as "name";
    customer_id: optional String, "customerId" as "customerId";
    description: optional String, "description" as "description";
    enabled: optional bool, "enabled" as "enabled";
    created_date: optional Timestamp, "createdDate" as "createdDate";
    last_updated_date: optional Timestamp, "lastUpdatedDate" as "lastUpdatedDate";
    stage_keys: optional Vec<String>, "stageKeys" as "stageKeys";
    tags: optional BTreeMap<String, String>, "tags" as "tags";
} }

structure! { ApiKeys "ApiKeys" {
    warnings: optional Vec<String>, "warnings" as "warnings";
    position: optional String, "position" as "position";
    items: optional Vec<ApiKey>, "items" as "item";
} }

structure! { ApiStage "ApiStage" {
    api_id: optional String, "apiId" as "apiId";
    stage: optional String, "stage" as "stage";
    throttle: optional BTreeMap<String, ThrottleSettings>, "throttle" as "throttle";
} }

structure! { CreateApiKeyInput "CreateApiKeyRequest" {
    name: optional String, "name" as "name";
    description: optional String, "description" as "description";
    enabled: optional bool, "enabled" as "enabled";
    generate_distinct_id: optional bool, "generateDistinctId" as "generateDistinctId";
    value: optional String, "value" as "value";
    stage_keys: optional Vec<StageKey>, "stageKeys" as "stageKeys";
    customer_id: optional String, "customerId" as "customerId";
    tags: optional BTreeMap<String, String>, "tags" as "tags";
} }

structure! { CreateUsagePlanKeyInput "CreateUsagePlanKeyRequest" {
    usage_plan_id: required String, "usagePlanId" as "usageplanId" .at(Location::Uri);
    key_id: required String, "keyId" as "keyId";
    key_type: required String, "keyType" as "keyType";
} }

structure! { CreateUsagePlanInput "CreateUsagePlanRequest" {
    name: required String, "name" as "name";
    description: optional String, "description" as "description";
    api_stages: optional Vec<ApiStage>, "apiStages" as "apiStages";
    throttle: optional ThrottleSettings, "throttle" as "throttle";
    quota: optional QuotaSettings, "quota" as "quota";
    tags: optional BTreeMap<String, String>, "tags" as "tags";
} }

structure! { DeleteApiKeyInput "DeleteApiKeyRequest" {
    api_key: required String, "apiKey" as "api_Key" .at(Location::Uri);
} }

structure! { DeleteUsagePlanKeyInput "DeleteUsagePlanKeyRequest" {
    usage_plan_id: required String, "usagePlanId" as "usageplanId" .at(Location::Uri);
    key_id: required String, "keyId" as "keyId" .at(Location::Uri);
} }

structure! { DeleteUsagePlanInput "DeleteUsagePlanRequest" {
    usage_plan_id: required String, "usagePlanId" as "usageplanId" .at(Location::Uri);
} }

structure! { GetAccountInput "GetAccountRequest" {
} }

structure! { GetApiKeyInput "GetApiKeyRequest" {
    api_key: required String, "apiKey" as "api_Key" .at(Location::Uri);
    include_value: optional bool, "includeValue" as "includeValue" .at(Location::Query);
} }

structure! { GetApiKeysInput "GetApiKeysRequest" {
    position: optional String, "position" as "position" .at(Location::Query);
    limit: optional i32, "limit" as "limit" .at(Location::Query);
    name_query: optional String, "nameQuery" as "name" .at(Location::Query);
    customer_id: optional String, "customerId" as "customerId" .at(Location::Query);
    include_values: optional bool, "includeValues" as "includeValues" .at(Location::Query);
} }

structure! { GetTagsInput "GetTagsRequest" {
    resource_arn: required String, "resourceArn" as "resource_arn" .at(Location::Uri);
    position: optional String, "position" as "position" .at(Location::Query);
    limit: optional i32, "limit" as "limit" .at(Location::Query);
} }

structure! { GetUsagePlanKeyInput "GetUsagePlanKeyRequest" {
    usage_plan_id: required String, "usagePlanId" as "usageplanId" .at(Location::Uri);
    key_id: required String, "keyId" as "keyId" .at(Location::Uri);
} }

structure! { GetUsagePlanKeysInput "GetUsagePlanKeysRequest" {
    usage_plan_id: required String, "usagePlanId" as "usageplanId" .at(Location::Uri);
    position: optional String, "position" as "position" .at(Location::Query);
    limit: optional i32, "limit" as "limit" .at(Location::Query);
    name_query: optional String, "nameQuery" as "name" .at(Location::Query);
} }

structure! { GetUsagePlanInput "GetUsagePlanRequest" {
    usage_plan_id: required String, "usagePlanId" as "usageplanId" .at(Location::Uri);
} }

structure! { GetUsagePlansInput "GetUsagePlansRequest" {
    position: optional String, "position" as "position" .at(Location::Query);
    key_id: optional String, "keyId" as "keyId" .at(Location::Query);
    limit: optional i32, "limit" as "limit" .at(Location::Query);
} }

structure! { GetUsageInput "GetUsageRequest" {
    usage_plan_id: required String, "usagePlanId" as "usageplanId" .at(Location::Uri);
    key_id: optional String, "keyId" as "keyId" .at(Location::Query);
    start_date: required String, "startDate" as "startDate" .at(Location::Query);
    end_date: required String, "endDate" as "endDate" .at(Location::Query);
    position: optional String, "position" as "position" .at(Location::Query);
    limit: optional i32, "limit" as "limit" .at(Location::Query);
} }

string_enum! { Op {
    Add = "add",
    Remove = "remove",
    Replace = "replace",
    Move = "move",
    Copy = "copy",
    Test = "test",
} }

structure! { PatchOperation "PatchOperation" {
    op: optional Op, "op" as "op" .one_of(Op::VALUES);
    path: optional String, "path" as "path";
    value: optional String, "value" as "value";
    from: optional String, "from" as "from";
} }

string_enum! { QuotaPeriodType {
    Day = "DAY",
    Week = "WEEK",
    Month = "MONTH",
} }

structure! { QuotaSettings "QuotaSettings" {
    limit: optional i32, "limit" as "limit";
    offset: optional i32, "offset" as "offset";
    period: optional QuotaPeriodType, "period" as "period" .one_of(QuotaPeriodType::VALUES);
} }

structure! { StageKey "StageKey" {
    rest_api_id: optional String, "restApiId" as "restApiId";
    stage_name: optional String, "stageName" as "stageName";
} }

structure! { TagResourceInput "TagResourceRequest" {
    resource_arn: required String, "resourceArn" as "resource_arn" .at(Location::Uri);
    tags: required BTreeMap<String, String>, "tags" as "tags";
} }

structure! { Tags "Tags" {
    tags: optional BTreeMap<String, String>, "tags" as "tags";
} }

structure! { ThrottleSettings "ThrottleSettings" {
    burst_limit: optional i32, "burstLimit" as "burstLimit";
    rate_limit: optional f64, "rateLimit" as "rateLimit";
} }

structure! { UntagResourceInput "UntagResourceRequest" {
    resource_arn: required String, "resourceArn" as "resource_arn" .at(Location::Uri);
    tag_keys: required Vec<String>, "tagKeys" as "tagKeys" .at(Location::Query);
} }

structure! { UpdateAccountInput "UpdateAccountRequest" {
    patch_operations: optional Vec<PatchOperation>, "patchOperations" as "patchOperations";
} }

structure! { UpdateApiKeyInput "UpdateApiKeyRequest" {
    api_key: required String, "apiKey" as "api_Key" .at(Location::Uri);
    patch_operations: optional Vec<PatchOperation>, "patchOperations" as "patchOperations";
} }

structure! { UpdateUsagePlanInput "UpdateUsagePlanRequest" {
    usage_plan_id: required String, "usagePlanId" as "usageplanId" .at(Location::Uri);
    patch_operations: optional Vec<PatchOperation>, "patchOperations" as "patchOperations";
} }

structure! { Usage "Usage" {
    usage_plan_id: optional String, "usagePlanId" as "usagePlanId";
    start_date: optional String, "startDate" as "startDate";
    end_date: optional String, "endDate" as "endDate";
    position: optional String, "position" as "position";
    items: optional BTreeMap<String, Vec<Vec<i64>>>, "items" as "values";
} }

structure! { UsagePlan "UsagePlan" {
    id: optional String, "id" as "id";
    name: optional String, "name" as "name";
    description: optional String, "description" as "description";
    api_stages: optional Vec<ApiStage>, "apiStages" as "apiStages";
    throttle: optional ThrottleSettings, "throttle" as "throttle";
    quota: optional QuotaSettings, "quota" as "quota";
    product_code: optional String, "productCode" as "productCode";
    tags: optional BTreeMap<String, String>, "tags" as "tags";
} }

structure! { UsagePlanKey "UsagePlanKey" {
    id: optional String, "id" as "id";
    r#type: optional String, "type" as "type";
    value: optional String, "value" as "value";
    name: optional String, "name" as "name";
} }

structure! { UsagePlanKeys "UsagePlanKeys" {
    position: optional String, "position" as "position";
    items: optional Vec<UsagePlanKey>, "items" as "item";
} }

structure! { UsagePlans "UsagePlans" {
    position: optional String, "position" as "position";
    items: optional Vec<UsagePlan>, "items" as "item";
} }
