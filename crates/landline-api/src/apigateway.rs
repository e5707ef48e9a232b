//! `apigateway`, version 2015-07-09: shapes and operations.
//!
//! Written by `cargo xtask codegen` from the service's model; do not edit.

use std::collections::BTreeMap;

use bytes::Bytes;
use landline_wire::{
    Protocol, Timestamp, service, shape::Location, shape::Unit, string_enum, structure,
};

service! { apigateway signed "apigateway" speaks Protocol::RestJson, validates "BadRequestException";
    errors {
        BadRequestException "BadRequestException" 400 "message",
        ConflictException "ConflictException" 409 "message",
        LimitExceededException "LimitExceededException" 429 "message",
        NotFoundException "NotFoundException" 404 "message",
        ServiceUnavailableException "ServiceUnavailableException" 503 "message",
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
        POST "/clientcertificates" => GenerateClientCertificate(GenerateClientCertificateInput) -> 201 ClientCertificate;
        GET "/clientcertificates/{clientcertificate_id}" => GetClientCertificate(GetClientCertificateInput) -> 200 ClientCertificate;
        GET "/clientcertificates" => GetClientCertificates(GetClientCertificatesInput) -> 200 ClientCertificates;
        PATCH "/clientcertificates/{clientcertificate_id}" => UpdateClientCertificate(UpdateClientCertificateInput) -> 200 ClientCertificate;
        DELETE "/clientcertificates/{clientcertificate_id}" => DeleteClientCertificate(DeleteClientCertificateInput) -> 202 Unit;
        POST "/restapis" => CreateRestApi(CreateRestApiInput) -> 201 RestApi;
        GET "/restapis/{restapi_id}" => GetRestApi(GetRestApiInput) -> 200 RestApi;
        GET "/restapis" => GetRestApis(GetRestApisInput) -> 200 RestApis;
        PATCH "/restapis/{restapi_id}" => UpdateRestApi(UpdateRestApiInput) -> 200 RestApi;
        DELETE "/restapis/{restapi_id}" => DeleteRestApi(DeleteRestApiInput) -> 202 Unit;
        POST "/restapis?mode=import" => ImportRestApi(ImportRestApiInput) -> 201 RestApi;
        PUT "/restapis/{restapi_id}" => PutRestApi(PutRestApiInput) -> 200 RestApi;
        POST "/restapis/{restapi_id}/resources/{parent_id}" => CreateResource(CreateResourceInput) -> 201 Resource;
        GET "/restapis/{restapi_id}/resources/{resource_id}" => GetResource(GetResourceInput) -> 200 Resource;
        GET "/restapis/{restapi_id}/resources" => GetResources(GetResourcesInput) -> 200 Resources;
        PATCH "/restapis/{restapi_id}/resources/{resource_id}" => UpdateResource(UpdateResourceInput) -> 200 Resource;
        DELETE "/restapis/{restapi_id}/resources/{resource_id}" => DeleteResource(DeleteResourceInput) -> 202 Unit;
        PUT "/restapis/{restapi_id}/resources/{resource_id}/methods/{http_method}" => PutMethod(PutMethodInput) -> 201 Method;
        GET "/restapis/{restapi_id}/resources/{resource_id}/methods/{http_method}" => GetMethod(GetMethodInput) -> 200 Method;
        PATCH "/restapis/{restapi_id}/resources/{resource_id}/methods/{http_method}" => UpdateMethod(UpdateMethodInput) -> 200 Method;
        DELETE "/restapis/{restapi_id}/resources/{resource_id}/methods/{http_method}" => DeleteMethod(DeleteMethodInput) -> 204 Unit;
        PUT "/restapis/{restapi_id}/resources/{resource_id}/methods/{http_method}/responses/{status_code}" => PutMethodResponse(PutMethodResponseInput) -> 201 PutMethodResponseOutput;
        GET "/restapis/{restapi_id}/resources/{resource_id}/methods/{http_method}/responses/{status_code}" => GetMethodResponse(GetMethodResponseInput) -> 200 PutMethodResponseOutput;
        PATCH "/restapis/{restapi_id}/resources/{resource_id}/methods/{http_method}/responses/{status_code}" => UpdateMethodResponse(UpdateMethodResponseInput) -> 201 PutMethodResponseOutput;
        DELETE "/restapis/{restapi_id}/resources/{resource_id}/methods/{http_method}/responses/{status_code}" => DeleteMethodResponse(DeleteMethodResponseInput) -> 204 Unit;
        PUT "/restapis/{restapi_id}/resources/{resource_id}/methods/{http_method}/integration" => PutIntegration(PutIntegrationInput) -> 201 Integration;
        GET "/restapis/{restapi_id}/resources/{resource_id}/methods/{http_method}/integration" => GetIntegration(GetIntegrationInput) -> 200 Integration;
        PATCH "/restapis/{restapi_id}/resources/{resource_id}/methods/{http_method}/integration" => UpdateIntegration(UpdateIntegrationInput) -> 200 Integration;
        DELETE "/restapis/{restapi_id}/resources/{resource_id}/methods/{http_method}/integration" => DeleteIntegration(DeleteIntegrationInput) -> 204 Unit;
        PUT "/restapis/{restapi_id}/resources/{resource_id}/methods/{http_method}/integration/responses/{status_code}" => PutIntegrationResponse(PutIntegrationResponseInput) -> 201 PutIntegrationResponseOutput;
        GET "/restapis/{restapi_id}/resources/{resource_id}/methods/{http_method}/integration/responses/{status_code}" => GetIntegrationResponse(GetIntegrationResponseInput) -> 200 PutIntegrationResponseOutput;
        PATCH "/restapis/{restapi_id}/resources/{resource_id}/methods/{http_method}/integration/responses/{status_code}" => UpdateIntegrationResponse(UpdateIntegrationResponseInput) -> 200 PutIntegrationResponseOutput;
        DELETE "/restapis/{restapi_id}/resources/{resource_id}/methods/{http_method}/integration/responses/{status_code}" => DeleteIntegrationResponse(DeleteIntegrationResponseInput) -> 204 Unit;
        POST "/restapis/{restapi_id}/deployments" => CreateDeployment(CreateDeploymentInput) -> 201 Deployment;
        GET "/restapis/{restapi_id}/deployments/{deployment_id}" => GetDeployment(GetDeploymentInput) -> 200 Deployment;
        GET "/restapis/{restapi_id}/deployments" => GetDeployments(GetDeploymentsInput) -> 200 Deployments;
        PATCH "/restapis/{restapi_id}/deployments/{deployment_id}" => UpdateDeployment(UpdateDeploymentInput) -> 200 Deployment;
        DELETE "/restapis/{restapi_id}/deployments/{deployment_id}" => DeleteDeployment(DeleteDeploymentInput) -> 202 Unit;
        POST "/restapis/{restapi_id}/stages" => CreateStage(CreateStageInput) -> 201 Stage;
        GET "/restapis/{restapi_id}/stages/{stage_name}" => GetStage(GetStageInput) -> 200 Stage;
        GET "/restapis/{restapi_id}/stages" => GetStages(GetStagesInput) -> 200 Stages;
        PATCH "/restapis/{restapi_id}/stages/{stage_name}" => UpdateStage(UpdateStageInput) -> 200 Stage;
        DELETE "/restapis/{restapi_id}/stages/{stage_name}" => DeleteStage(DeleteStageInput) -> 202 Unit;
        DELETE "/restapis/{restapi_id}/stages/{stage_name}/cache/authorizers" => FlushStageAuthorizersCache(FlushStageAuthorizersCacheInput) -> 202 Unit;
        POST "/restapis/{restapi_id}/authorizers" => CreateAuthorizer(CreateAuthorizerInput) -> 201 Authorizer;
        GET "/restapis/{restapi_id}/authorizers/{authorizer_id}" => GetAuthorizer(GetAuthorizerInput) -> 200 Authorizer;
        GET "/restapis/{restapi_id}/authorizers" => GetAuthorizers(GetAuthorizersInput) -> 200 Authorizers;
        PATCH "/restapis/{restapi_id}/authorizers/{authorizer_id}" => UpdateAuthorizer(UpdateAuthorizerInput) -> 200 Authorizer;
        DELETE "/restapis/{restapi_id}/authorizers/{authorizer_id}" => DeleteAuthorizer(DeleteAuthorizerInput) -> 202 Unit;
        PUT "/restapis/{restapi_id}/gatewayresponses/{response_type}" => PutGatewayResponse(PutGatewayResponseInput) -> 201 PutGatewayResponseOutput;
        GET "/restapis/{restapi_id}/gatewayresponses/{response_type}" => GetGatewayResponse(GetGatewayResponseInput) -> 200 PutGatewayResponseOutput;
        GET "/restapis/{restapi_id}/gatewayresponses" => GetGatewayResponses(GetGatewayResponsesInput) -> 200 GatewayResponses;
        PATCH "/restapis/{restapi_id}/gatewayresponses/{response_type}" => UpdateGatewayResponse(UpdateGatewayResponseInput) -> 200 PutGatewayResponseOutput;
        DELETE "/restapis/{restapi_id}/gatewayresponses/{response_type}" => DeleteGatewayResponse(DeleteGatewayResponseInput) -> 202 Unit;
        POST "/restapis/{restapi_id}/models" => CreateModel(CreateModelInput) -> 201 Model;
        GET "/restapis/{restapi_id}/models/{model_name}" => GetModel(GetModelInput) -> 200 Model;
        GET "/restapis/{restapi_id}/models" => GetModels(GetModelsInput) -> 200 Models;
        PATCH "/restapis/{restapi_id}/models/{model_name}" => UpdateModel(UpdateModelInput) -> 200 Model;
        DELETE "/restapis/{restapi_id}/models/{model_name}" => DeleteModel(DeleteModelInput) -> 202 Unit;
        POST "/restapis/{restapi_id}/documentation/parts" => CreateDocumentationPart(CreateDocumentationPartInput) -> 201 DocumentationPart;
        GET "/restapis/{restapi_id}/documentation/parts/{part_id}" => GetDocumentationPart(GetDocumentationPartInput) -> 200 DocumentationPart;
        GET "/restapis/{restapi_id}/documentation/parts" => GetDocumentationParts(GetDocumentationPartsInput) -> 200 DocumentationParts;
        PATCH "/restapis/{restapi_id}/documentation/parts/{part_id}" => UpdateDocumentationPart(UpdateDocumentationPartInput) -> 200 DocumentationPart;
        DELETE "/restapis/{restapi_id}/documentation/parts/{part_id}" => DeleteDocumentationPart(DeleteDocumentationPartInput) -> 202 Unit;
        PUT "/restapis/{restapi_id}/documentation/parts" => ImportDocumentationParts(ImportDocumentationPartsInput) -> 200 DocumentationPartIds;
        POST "/restapis/{restapi_id}/documentation/versions" => CreateDocumentationVersion(CreateDocumentationVersionInput) -> 201 DocumentationVersion;
        GET "/restapis/{restapi_id}/documentation/versions/{doc_version}" => GetDocumentationVersion(GetDocumentationVersionInput) -> 200 DocumentationVersion;
        GET "/restapis/{restapi_id}/documentation/versions" => GetDocumentationVersions(GetDocumentationVersionsInput) -> 200 DocumentationVersions;
        PATCH "/restapis/{restapi_id}/documentation/versions/{doc_version}" => UpdateDocumentationVersion(UpdateDocumentationVersionInput) -> 200 DocumentationVersion;
        DELETE "/restapis/{restapi_id}/documentation/versions/{doc_version}" => DeleteDocumentationVersion(DeleteDocumentationVersionInput) -> 202 Unit;
        GET "/restapis/{restapi_id}/stages/{stage_name}/exports/{export_type}" => GetExport(GetExportInput) -> 200 GetExportOutput;
        POST "/restapis/{restapi_id}/resources/{resource_id}/methods/{http_method}" => TestInvokeMethod(TestInvokeMethodInput) -> 200 TestInvokeMethodOutput;
        POST "/restapis/{restapi_id}/authorizers/{authorizer_id}" => TestInvokeAuthorizer(TestInvokeAuthorizerInput) -> 200 TestInvokeAuthorizerOutput;
        POST "/restapis/{restapi_id}/requestvalidators" => CreateRequestValidator(CreateRequestValidatorInput) -> 201 RequestValidator;
        GET "/restapis/{restapi_id}/requestvalidators/{requestvalidator_id}" => GetRequestValidator(GetRequestValidatorInput) -> 200 RequestValidator;
        GET "/restapis/{restapi_id}/requestvalidators" => GetRequestValidators(GetRequestValidatorsInput) -> 200 RequestValidators;
        PATCH "/restapis/{restapi_id}/requestvalidators/{requestvalidator_id}" => UpdateRequestValidator(UpdateRequestValidatorInput) -> 200 RequestValidator;
        DELETE "/restapis/{restapi_id}/requestvalidators/{requestvalidator_id}" => DeleteRequestValidator(DeleteRequestValidatorInput) -> 202 Unit;
        GET "/tags/{resource_arn}" => GetTags(GetTagsInput) -> 200 Tags;
        PUT "/tags/{resource_arn}" => TagResource(TagResourceInput) -> 204 Unit;
        DELETE "/tags/{resource_arn}" => UntagResource(UntagResourceInput) -> 204 Unit;
    }
}

structure! { AccessLogSettings "AccessLogSettings" {
    format: optional String, "format" as "format";
    destination_arn: optional String, "destinationArn" as "destinationArn";
} }

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

string_enum! { ApiKeySourceType {
    Header = "HEADER",
    Authorizer = "AUTHORIZER",
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

string_enum! { ApiStatus {
    Updating = "UPDATING",
    Available = "AVAILABLE",
    Pending = "PENDING",
    Failed = "FAILED",
} }

structure! { Authorizer "Authorizer" {
    id: optional String, "id" as "id";
    name: optional String, "name" as "name";
    r#type: optional AuthorizerType, "type" as "type" .one_of(AuthorizerType::VALUES);
    provider_arns: optional Vec<String>, "providerARNs" as "providerARNs";
    auth_type: optional String, "authType" as "authType";
    authorizer_uri: optional String, "authorizerUri" as "authorizerUri";
    authorizer_credentials: optional String, "authorizerCredentials" as "authorizerCredentials";
    identity_source: optional String, "identitySource" as "identitySource";
    identity_validation_expression: optional String, "identityValidationExpression" as "identityValidationExpression";
    authorizer_result_ttl_in_seconds: optional i32, "authorizerResultTtlInSeconds" as "authorizerResultTtlInSeconds";
} }

string_enum! { AuthorizerType {
    Token = "TOKEN",
    Request = "REQUEST",
    CognitoUserPools = "COGNITO_USER_POOLS",
} }

structure! { Authorizers "Authorizers" {
    position: optional String, "position" as "position";
    items: optional Vec<Authorizer>, "items" as "item";
} }

string_enum! { CacheClusterSize {
    V05 = "0.5",
    V16 = "1.6",
    V61 = "6.1",
    V135 = "13.5",
    V284 = "28.4",
    V582 = "58.2",
    V118 = "118",
    V237 = "237",
} }

string_enum! { CacheClusterStatus {
    CreateInProgress = "CREATE_IN_PROGRESS",
    Available = "AVAILABLE",
    DeleteInProgress = "DELETE_IN_PROGRESS",
    NotAvailable = "NOT_AVAILABLE",
    FlushInProgress = "FLUSH_IN_PROGRESS",
} }

structure! { CanarySettings "CanarySettings" {
    percent_traffic: optional f64, "percentTraffic" as "percentTraffic";
    deployment_id: optional String, "deploymentId" as "deploymentId";
    stage_variable_overrides: optional BTreeMap<String, String>, "stageVariableOverrides" as "stageVariableOverrides";
    use_stage_cache: optional bool, "useStageCache" as "useStageCache";
} }

structure! { ClientCertificate "ClientCertificate" {
    client_certificate_id: optional String, "clientCertificateId" as "clientCertificateId";
    description: optional String, "description" as "description";
    pem_encoded_certificate: optional String, "pemEncodedCertificate" as "pemEncodedCertificate";
    created_date: optional Timestamp, "createdDate" as "createdDate";
    expiration_date: optional Timestamp, "expirationDate" as "expirationDate";
    tags: optional BTreeMap<String, String>, "tags" as "tags";
} }

structure! { ClientCertificates "ClientCertificates" {
    position: optional String, "position" as "position";
    items: optional Vec<ClientCertificate>, "items" as "item";
} }

string_enum! { ConnectionType {
    Internet = "INTERNET",
    VpcLink = "VPC_LINK",
} }

string_enum! { ContentHandlingStrategy {
    ConvertToBinary = "CONVERT_TO_BINARY",
    ConvertToText = "CONVERT_TO_TEXT",
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

structure! { CreateAuthorizerInput "CreateAuthorizerRequest" {
    rest_api_id: required String, "restApiId" as "restapi_id" .at(Location::Uri);
    name: required String, "name" as "name";
    r#type: required AuthorizerType, "type" as "type" .one_of(AuthorizerType::VALUES);
    provider_arns: optional Vec<String>, "providerARNs" as "providerARNs";
    auth_type: optional String, "authType" as "authType";
    authorizer_uri: optional String, "authorizerUri" as "authorizerUri";
    authorizer_credentials: optional String, "authorizerCredentials" as "authorizerCredentials";
    identity_source: optional String, "identitySource" as "identitySource";
    identity_validation_expression: optional String, "identityValidationExpression" as "identityValidationExpression";
    authorizer_result_ttl_in_seconds: optional i32, "authorizerResultTtlInSeconds" as "authorizerResultTtlInSeconds";
} }

structure! { CreateDeploymentInput "CreateDeploymentRequest" {
    rest_api_id: required String, "restApiId" as "restapi_id" .at(Location::Uri);
    stage_name: optional String, "stageName" as "stageName";
    stage_description: optional String, "stageDescription" as "stageDescription";
    description: optional String, "description" as "description";
    cache_cluster_enabled: optional bool, "cacheClusterEnabled" as "cacheClusterEnabled";
    cache_cluster_size: optional CacheClusterSize, "cacheClusterSize" as "cacheClusterSize" .one_of(CacheClusterSize::VALUES);
    variables: optional BTreeMap<String, String>, "variables" as "variables";
    canary_settings: optional DeploymentCanarySettings, "canarySettings" as "canarySettings";
    tracing_enabled: optional bool, "tracingEnabled" as "tracingEnabled";
} }

structure! { CreateDocumentationPartInput "CreateDocumentationPartRequest" {
    rest_api_id: required String, "restApiId" as "restapi_id" .at(Location::Uri);
    location: required DocumentationPartLocation, "location" as "location";
    properties: required String, "properties" as "properties";
} }

structure! { CreateDocumentationVersionInput "CreateDocumentationVersionRequest" {
    rest_api_id: required String, "restApiId" as "restapi_id" .at(Location::Uri);
    documentation_version: required String, "documentationVersion" as "documentationVersion";
    stage_name: optional String, "stageName" as "stageName";
    description: optional String, "description" as "description";
} }

structure! { CreateModelInput "CreateModelRequest" {
    rest_api_id: required String, "restApiId" as "restapi_id" .at(Location::Uri);
    name: required String, "name" as "name";
    description: optional String, "description" as "description";
    schema: optional String, "schema" as "schema";
    content_type: required String, "contentType" as "contentType";
} }

structure! { CreateRequestValidatorInput "CreateRequestValidatorRequest" {
    rest_api_id: required String, "restApiId" as "restapi_id" .at(Location::Uri);
    name: optional String, "name" as "name";
    validate_request_body: optional bool, "validateRequestBody" as "validateRequestBody";
    validate_request_parameters: optional bool, "validateRequestParameters" as "validateRequestParameters";
} }

structure! { CreateResourceInput "CreateResourceRequest" {
    rest_api_id: required String, "restApiId" as "restapi_id" .at(Location::Uri);
    parent_id: required String, "parentId" as "parent_id" .at(Location::Uri);
    path_part: required String, "pathPart" as "pathPart";
} }

structure! { CreateRestApiInput "CreateRestApiRequest" {
    name: required String, "name" as "name";
    description: optional String, "description" as "description";
    version: optional String, "version" as "version";
    clone_from: optional String, "cloneFrom" as "cloneFrom";
    binary_media_types: optional Vec<String>, "binaryMediaTypes" as "binaryMediaTypes";
    minimum_compression_size: optional i32, "minimumCompressionSize" as "minimumCompressionSize";
    api_key_source: optional ApiKeySourceType, "apiKeySource" as "apiKeySource" .one_of(ApiKeySourceType::VALUES);
    endpoint_configuration: optional EndpointConfiguration, "endpointConfiguration" as "endpointConfiguration";
    policy: optional String, "policy" as "policy";
    tags: optional BTreeMap<String, String>, "tags" as "tags";
    disable_execute_api_endpoint: optional bool, "disableExecuteApiEndpoint" as "disableExecuteApiEndpoint";
    security_policy: optional SecurityPolicy, "securityPolicy" as "securityPolicy" .one_of(SecurityPolicy::VALUES);
    endpoint_access_mode: optional EndpointAccessMode, "endpointAccessMode" as "endpointAccessMode" .one_of(EndpointAccessMode::VALUES);
} }

structure! { CreateStageInput "CreateStageRequest" {
    rest_api_id: required String, "restApiId" as "restapi_id" .at(Location::Uri);
    stage_name: required String, "stageName" as "stageName";
    deployment_id: required String, "deploymentId" as "deploymentId";
    description: optional String, "description" as "description";
    cache_cluster_enabled: optional bool, "cacheClusterEnabled" as "cacheClusterEnabled";
    cache_cluster_size: optional CacheClusterSize, "cacheClusterSize" as "cacheClusterSize" .one_of(CacheClusterSize::VALUES);
    variables: optional BTreeMap<String, String>, "variables" as "variables";
    documentation_version: optional String, "documentationVersion" as "documentationVersion";
    canary_settings: optional CanarySettings, "canarySettings" as "canarySettings";
    tracing_enabled: optional bool, "tracingEnabled" as "tracingEnabled";
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

structure! { DeleteAuthorizerInput "DeleteAuthorizerRequest" {
    rest_api_id: required String, "restApiId" as "restapi_id" .at(Location::Uri);
    authorizer_id: required String, "authorizerId" as "authorizer_id" .at(Location::Uri);
} }

structure! { DeleteClientCertificateInput "DeleteClientCertificateRequest" {
    client_certificate_id: required String, "clientCertificateId" as "clientcertificate_id" .at(Location::Uri);
} }

structure! { DeleteDeploymentInput "DeleteDeploymentRequest" {
    rest_api_id: required String, "restApiId" as "restapi_id" .at(Location::Uri);
    deployment_id: required String, "deploymentId" as "deployment_id" .at(Location::Uri);
} }

structure! { DeleteDocumentationPartInput "DeleteDocumentationPartRequest" {
    rest_api_id: required String, "restApiId" as "restapi_id" .at(Location::Uri);
    documentation_part_id: required String, "documentationPartId" as "part_id" .at(Location::Uri);
} }

structure! { DeleteDocumentationVersionInput "DeleteDocumentationVersionRequest" {
    rest_api_id: required String, "restApiId" as "restapi_id" .at(Location::Uri);
    documentation_version: required String, "documentationVersion" as "doc_version" .at(Location::Uri);
} }

structure! { DeleteGatewayResponseInput "DeleteGatewayResponseRequest" {
    rest_api_id: required String, "restApiId" as "restapi_id" .at(Location::Uri);
    response_type: required GatewayResponseType, "responseType" as "response_type" .at(Location::Uri) .one_of(GatewayResponseType::VALUES);
} }

structure! { DeleteIntegrationInput "DeleteIntegrationRequest" {
    rest_api_id: required String, "restApiId" as "restapi_id" .at(Location::Uri);
    resource_id: required String, "resourceId" as "resource_id" .at(Location::Uri);
    http_method: required String, "httpMethod" as "http_method" .at(Location::Uri);
} }

structure! { DeleteIntegrationResponseInput "DeleteIntegrationResponseRequest" {
    rest_api_id: required String, "restApiId" as "restapi_id" .at(Location::Uri);
    resource_id: required String, "resourceId" as "resource_id" .at(Location::Uri);
    http_method: required String, "httpMethod" as "http_method" .at(Location::Uri);
    status_code: required String, "statusCode" as "status_code" .at(Location::Uri) .pattern("[1-5]\\d\\d");
} }

structure! { DeleteMethodInput "DeleteMethodRequest" {
    rest_api_id: required String, "restApiId" as "restapi_id" .at(Location::Uri);
    resource_id: required String, "resourceId" as "resource_id" .at(Location::Uri);
    http_method: required String, "httpMethod" as "http_method" .at(Location::Uri);
} }

structure! { DeleteMethodResponseInput "DeleteMethodResponseRequest" {
    rest_api_id: required String, "restApiId" as "restapi_id" .at(Location::Uri);
    resource_id: required String, "resourceId" as "resource_id" .at(Location::Uri);
    http_method: required String, "httpMethod" as "http_method" .at(Location::Uri);
    status_code: required String, "statusCode" as "status_code" .at(Location::Uri) .pattern("[1-5]\\d\\d");
} }

structure! { DeleteModelInput "DeleteModelRequest" {
    rest_api_id: required String, "restApiId" as "restapi_id" .at(Location::Uri);
    model_name: required String, "modelName" as "model_name" .at(Location::Uri);
} }

structure! { DeleteRequestValidatorInput "DeleteRequestValidatorRequest" {
    rest_api_id: required String, "restApiId" as "restapi_id" .at(Location::Uri);
    request_validator_id: required String, "requestValidatorId" as "requestvalidator_id" .at(Location::Uri);
} }

structure! { DeleteResourceInput "DeleteResourceRequest" {
    rest_api_id: required String, "restApiId" as "restapi_id" .at(Location::Uri);
    resource_id: required String, "resourceId" as "resource_id" .at(Location::Uri);
} }

structure! { DeleteRestApiInput "DeleteRestApiRequest" {
    rest_api_id: required String, "restApiId" as "restapi_id" .at(Location::Uri);
} }

structure! { DeleteStageInput "DeleteStageRequest" {
    rest_api_id: required String, "restApiId" as "restapi_id" .at(Location::Uri);
    stage_name: required String, "stageName" as "stage_name" .at(Location::Uri);
} }

structure! { DeleteUsagePlanKeyInput "DeleteUsagePlanKeyRequest" {
    usage_plan_id: required String, "usagePlanId" as "usageplanId" .at(Location::Uri);
    key_id: required String, "keyId" as "keyId" .at(Location::Uri);
} }

structure! { DeleteUsagePlanInput "DeleteUsagePlanRequest" {
    usage_plan_id: required String, "usagePlanId" as "usageplanId" .at(Location::Uri);
} }

structure! { Deployment "Deployment" {
    id: optional String, "id" as "id";
    description: optional String, "description" as "description";
    created_date: optional Timestamp, "createdDate" as "createdDate";
    api_summary: optional BTreeMap<String, BTreeMap<String, MethodSnapshot>>, "apiSummary" as "apiSummary";
} }

structure! { DeploymentCanarySettings "DeploymentCanarySettings" {
    percent_traffic: optional f64, "percentTraffic" as "percentTraffic";
    stage_variable_overrides: optional BTreeMap<String, String>, "stageVariableOverrides" as "stageVariableOverrides";
    use_stage_cache: optional bool, "useStageCache" as "useStageCache";
} }

structure! { Deployments "Deployments" {
    position: optional String, "position" as "position";
    items: optional Vec<Deployment>, "items" as "item";
} }

structure! { DocumentationPart "DocumentationPart" {
    id: optional String, "id" as "id";
    location: optional DocumentationPartLocation, "location" as "location";
    properties: optional String, "properties" as "properties";
} }

structure! { DocumentationPartIds "DocumentationPartIds" {
    ids: optional Vec<String>, "ids" as "ids";
    warnings: optional Vec<String>, "warnings" as "warnings";
} }

structure! { DocumentationPartLocation "DocumentationPartLocation" {
    r#type: required DocumentationPartType, "type" as "type" .one_of(DocumentationPartType::VALUES);
    path: optional String, "path" as "path";
    method: optional String, "method" as "method";
    status_code: optional String, "statusCode" as "statusCode" .pattern("^([1-5]\\d\\d|\\*|\\s*)$");
    name: optional String, "name" as "name";
} }

string_enum! { DocumentationPartType {
    Api = "API",
    Authorizer = "AUTHORIZER",
    Model = "MODEL",
    Resource = "RESOURCE",
    Method = "METHOD",
    PathParameter = "PATH_PARAMETER",
    QueryParameter = "QUERY_PARAMETER",
    RequestHeader = "REQUEST_HEADER",
    RequestBody = "REQUEST_BODY",
    Response = "RESPONSE",
    ResponseHeader = "RESPONSE_HEADER",
    ResponseBody = "RESPONSE_BODY",
} }

structure! { DocumentationParts "DocumentationParts" {
    position: optional String, "position" as "position";
    items: optional Vec<DocumentationPart>, "items" as "item";
} }

structure! { DocumentationVersion "DocumentationVersion" {
    version: optional String, "version" as "version";
    created_date: optional Timestamp, "createdDate" as "createdDate";
    description: optional String, "description" as "description";
} }

structure! { DocumentationVersions "DocumentationVersions" {
    position: optional String, "position" as "position";
    items: optional Vec<DocumentationVersion>, "items" as "item";
} }

string_enum! { EndpointAccessMode {
    Basic = "BASIC",
    Strict = "STRICT",
} }

structure! { EndpointConfiguration "EndpointConfiguration" {
    types: optional Vec<EndpointType>, "types" as "types";
    ip_address_type: optional IpAddressType, "ipAddressType" as "ipAddressType" .one_of(IpAddressType::VALUES);
    vpc_endpoint_ids: optional Vec<String>, "vpcEndpointIds" as "vpcEndpointIds";
} }

string_enum! { EndpointType {
    Regional = "REGIONAL",
    Edge = "EDGE",
    Private = "PRIVATE",
} }

structure! { GetExportOutput "ExportResponse" {
    content_type: optional String, "contentType" as "Content-Type" .at(Location::Header);
    content_disposition: optional String, "contentDisposition" as "Content-Disposition" .at(Location::Header);
    body: optional Bytes, "body" as "body" .at(Location::Payload);
} }

structure! { FlushStageAuthorizersCacheInput "FlushStageAuthorizersCacheRequest" {
    rest_api_id: required String, "restApiId" as "restapi_id" .at(Location::Uri);
    stage_name: required String, "stageName" as "stage_name" .at(Location::Uri);
} }

structure! { PutGatewayResponseOutput "GatewayResponse" {
    response_type: optional GatewayResponseType, "responseType" as "responseType" .one_of(GatewayResponseType::VALUES);
    status_code: optional String, "statusCode" as "statusCode" .pattern("[1-5]\\d\\d");
    response_parameters: optional BTreeMap<String, String>, "responseParameters" as "responseParameters";
    response_templates: optional BTreeMap<String, String>, "responseTemplates" as "responseTemplates";
    default_response: optional bool, "defaultResponse" as "defaultResponse";
} }

string_enum! { GatewayResponseType {
    Default4xx = "DEFAULT_4XX",
    Default5xx = "DEFAULT_5XX",
    ResourceNotFound = "RESOURCE_NOT_FOUND",
    Unauthorized = "UNAUTHORIZED",
    InvalidApiKey = "INVALID_API_KEY",
    AccessDenied = "ACCESS_DENIED",
    AuthorizerFailure = "AUTHORIZER_FAILURE",
    AuthorizerConfigurationError = "AUTHORIZER_CONFIGURATION_ERROR",
    InvalidSignature = "INVALID_SIGNATURE",
    ExpiredToken = "EXPIRED_TOKEN",
    MissingAuthenticationToken = "MISSING_AUTHENTICATION_TOKEN",
    IntegrationFailure = "INTEGRATION_FAILURE",
    IntegrationTimeout = "INTEGRATION_TIMEOUT",
    ApiConfigurationError = "API_CONFIGURATION_ERROR",
    UnsupportedMediaType = "UNSUPPORTED_MEDIA_TYPE",
    BadRequestParameters = "BAD_REQUEST_PARAMETERS",
    BadRequestBody = "BAD_REQUEST_BODY",
    RequestTooLarge = "REQUEST_TOO_LARGE",
    Throttled = "THROTTLED",
    QuotaExceeded = "QUOTA_EXCEEDED",
    WafFiltered = "WAF_FILTERED",
} }

structure! { GatewayResponses "GatewayResponses" {
    position: optional String, "position" as "position";
    items: optional Vec<PutGatewayResponseOutput>, "items" as "item";
} }

structure! { GenerateClientCertificateInput "GenerateClientCertificateRequest" {
    description: optional String, "description" as "description";
    tags: optional BTreeMap<String, String>, "tags" as "tags";
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

structure! { GetAuthorizerInput "GetAuthorizerRequest" {
    rest_api_id: required String, "restApiId" as "restapi_id" .at(Location::Uri);
    authorizer_id: required String, "authorizerId" as "authorizer_id" .at(Location::Uri);
} }

structure! { GetAuthorizersInput "GetAuthorizersRequest" {
    rest_api_id: required String, "restApiId" as "restapi_id" .at(Location::Uri);
    position: optional String, "position" as "position" .at(Location::Query);
    limit: optional i32, "limit" as "limit" .at(Location::Query);
} }

structure! { GetClientCertificateInput "GetClientCertificateRequest" {
    client_certificate_id: required String, "clientCertificateId" as "clientcertificate_id" .at(Location::Uri);
} }

structure! { GetClientCertificatesInput "GetClientCertificatesRequest" {
    position: optional String, "position" as "position" .at(Location::Query);
    limit: optional i32, "limit" as "limit" .at(Location::Query);
} }

structure! { GetDeploymentInput "GetDeploymentRequest" {
    rest_api_id: required String, "restApiId" as "restapi_id" .at(Location::Uri);
    deployment_id: required String, "deploymentId" as "deployment_id" .at(Location::Uri);
    embed: optional Vec<String>, "embed" as "embed" .at(Location::Query);
} }

structure! { GetDeploymentsInput "GetDeploymentsRequest" {
    rest_api_id: required String, "restApiId" as "restapi_id" .at(Location::Uri);
    position: optional String, "position" as "position" .at(Location::Query);
    limit: optional i32, "limit" as "limit" .at(Location::Query);
} }

structure! { GetDocumentationPartInput "GetDocumentationPartRequest" {
    rest_api_id: required String, "restApiId" as "restapi_id" .at(Location::Uri);
    documentation_part_id: required String, "documentationPartId" as "part_id" .at(Location::Uri);
} }

structure! { GetDocumentationPartsInput "GetDocumentationPartsRequest" {
    rest_api_id: required String, "restApiId" as "restapi_id" .at(Location::Uri);
    r#type: optional DocumentationPartType, "type" as "type" .at(Location::Query) .one_of(DocumentationPartType::VALUES);
    name_query: optional String, "nameQuery" as "name" .at(Location::Query);
    path: optional String, "path" as "path" .at(Location::Query);
    position: optional String, "position" as "position" .at(Location::Query);
    limit: optional i32, "limit" as "limit" .at(Location::Query);
    location_status: optional LocationStatusType, "locationStatus" as "locationStatus" .at(Location::Query) .one_of(LocationStatusType::VALUES);
} }

structure! { GetDocumentationVersionInput "GetDocumentationVersionRequest" {
    rest_api_id: required String, "restApiId" as "restapi_id" .at(Location::Uri);
    documentation_version: required String, "documentationVersion" as "doc_version" .at(Location::Uri);
} }

structure! { GetDocumentationVersionsInput "GetDocumentationVersionsRequest" {
    rest_api_id: required String, "restApiId" as "restapi_id" .at(Location::Uri);
    position: optional String, "position" as "position" .at(Location::Query);
    limit: optional i32, "limit" as "limit" .at(Location::Query);
} }

structure! { GetExportInput "GetExportRequest" {
    rest_api_id: required String, "restApiId" as "restapi_id" .at(Location::Uri);
    stage_name: required String, "stageName" as "stage_name" .at(Location::Uri);
    export_type: required String, "exportType" as "export_type" .at(Location::Uri);
    parameters: optional BTreeMap<String, String>, "parameters" as "parameters" .at(Location::Queries);
    accepts: optional String, "accepts" as "Accept" .at(Location::Header);
} }

structure! { GetGatewayResponseInput "GetGatewayResponseRequest" {
    rest_api_id: required String, "restApiId" as "restapi_id" .at(Location::Uri);
    response_type: required GatewayResponseType, "responseType" as "response_type" .at(Location::Uri) .one_of(GatewayResponseType::VALUES);
} }

structure! { GetGatewayResponsesInput "GetGatewayResponsesRequest" {
    rest_api_id: required String, "restApiId" as "restapi_id" .at(Location::Uri);
    position: optional String, "position" as "position" .at(Location::Query);
    limit: optional i32, "limit" as "limit" .at(Location::Query);
} }

structure! { GetIntegrationInput "GetIntegrationRequest" {
    rest_api_id: required String, "restApiId" as "restapi_id" .at(Location::Uri);
    resource_id: required String, "resourceId" as "resource_id" .at(Location::Uri);
    http_method: required String, "httpMethod" as "http_method" .at(Location::Uri);
} }

structure! { GetIntegrationResponseInput "GetIntegrationResponseRequest" {
    rest_api_id: required String, "restApiId" as "restapi_id" .at(Location::Uri);
    resource_id: required String, "resourceId" as "resource_id" .at(Location::Uri);
    http_method: required String, "httpMethod" as "http_method" .at(Location::Uri);
    status_code: required String, "statusCode" as "status_code" .at(Location::Uri) .pattern("[1-5]\\d\\d");
} }

structure! { GetMethodInput "GetMethodRequest" {
    rest_api_id: required String, "restApiId" as "restapi_id" .at(Location::Uri);
    resource_id: required String, "resourceId" as "resource_id" .at(Location::Uri);
    http_method: required String, "httpMethod" as "http_method" .at(Location::Uri);
} }

structure! { GetMethodResponseInput "GetMethodResponseRequest" {
    rest_api_id: required String, "restApiId" as "restapi_id" .at(Location::Uri);
    resource_id: required String, "resourceId" as "resource_id" .at(Location::Uri);
    http_method: required String, "httpMethod" as "http_method" .at(Location::Uri);
    status_code: required String, "statusCode" as "status_code" .at(Location::Uri) .pattern("[1-5]\\d\\d");
} }

structure! { GetModelInput "GetModelRequest" {
    rest_api_id: required String, "restApiId" as "restapi_id" .at(Location::Uri);
    model_name: required String, "modelName" as "model_name" .at(Location::Uri);
    flatten: optional bool, "flatten" as "flatten" .at(Location::Query);
} }

structure! { GetModelsInput "GetModelsRequest" {
    rest_api_id: required String, "restApiId" as "restapi_id" .at(Location::Uri);
    position: optional String, "position" as "position" .at(Location::Query);
    limit: optional i32, "limit" as "limit" .at(Location::Query);
} }

structure! { GetRequestValidatorInput "GetRequestValidatorRequest" {
    rest_api_id: required String, "restApiId" as "restapi_id" .at(Location::Uri);
    request_validator_id: required String, "requestValidatorId" as "requestvalidator_id" .at(Location::Uri);
} }

structure! { GetRequestValidatorsInput "GetRequestValidatorsRequest" {
    rest_api_id: required String, "restApiId" as "restapi_id" .at(Location::Uri);
    position: optional String, "position" as "position" .at(Location::Query);
    limit: optional i32, "limit" as "limit" .at(Location::Query);
} }

structure! { GetResourceInput "GetResourceRequest" {
    rest_api_id: required String, "restApiId" as "restapi_id" .at(Location::Uri);
    resource_id: required String, "resourceId" as "resource_id" .at(Location::Uri);
    embed: optional Vec<String>, "embed" as "embed" .at(Location::Query);
} }

structure! { GetResourcesInput "GetResourcesRequest" {
    rest_api_id: required String, "restApiId" as "restapi_id" .at(Location::Uri);
    position: optional String, "position" as "position" .at(Location::Query);
    limit: optional i32, "limit" as "limit" .at(Location::Query);
    embed: optional Vec<String>, "embed" as "embed" .at(Location::Query);
} }

structure! { GetRestApiInput "GetRestApiRequest" {
    rest_api_id: required String, "restApiId" as "restapi_id" .at(Location::Uri);
} }

structure! { GetRestApisInput "GetRestApisRequest" {
    position: optional String, "position" as "position" .at(Location::Query);
    limit: optional i32, "limit" as "limit" .at(Location::Query);
} }

structure! { GetStageInput "GetStageRequest" {
    rest_api_id: required String, "restApiId" as "restapi_id" .at(Location::Uri);
    stage_name: required String, "stageName" as "stage_name" .at(Location::Uri);
} }

structure! { GetStagesInput "GetStagesRequest" {
    rest_api_id: required String, "restApiId" as "restapi_id" .at(Location::Uri);
    deployment_id: optional String, "deploymentId" as "deploymentId" .at(Location::Query);
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

structure! { ImportDocumentationPartsInput "ImportDocumentationPartsRequest" {
    rest_api_id: required String, "restApiId" as "restapi_id" .at(Location::Uri);
    mode: optional PutMode, "mode" as "mode" .at(Location::Query) .one_of(PutMode::VALUES);
    fail_on_warnings: optional bool, "failOnWarnings" as "failonwarnings" .at(Location::Query);
    body: required Bytes, "body" as "body" .at(Location::Payload);
} }

structure! { ImportRestApiInput "ImportRestApiRequest" {
    fail_on_warnings: optional bool, "failOnWarnings" as "failonwarnings" .at(Location::Query);
    parameters: optional BTreeMap<String, String>, "parameters" as "parameters" .at(Location::Queries);
    body: required Bytes, "body" as "body" .at(Location::Payload);
} }

structure! { Integration "Integration" {
    r#type: optional IntegrationType, "type" as "type" .one_of(IntegrationType::VALUES);
    http_method: optional String, "httpMethod" as "httpMethod";
    uri: optional String, "uri" as "uri";
    connection_type: optional ConnectionType, "connectionType" as "connectionType" .one_of(ConnectionType::VALUES);
    connection_id: optional String, "connectionId" as "connectionId";
    credentials: optional String, "credentials" as "credentials";
    request_parameters: optional BTreeMap<String, String>, "requestParameters" as "requestParameters";
    request_templates: optional BTreeMap<String, String>, "requestTemplates" as "requestTemplates";
    passthrough_behavior: optional String, "passthroughBehavior" as "passthroughBehavior";
    content_handling: optional ContentHandlingStrategy, "contentHandling" as "contentHandling" .one_of(ContentHandlingStrategy::VALUES);
    timeout_in_millis: optional i32, "timeoutInMillis" as "timeoutInMillis";
    cache_namespace: optional String, "cacheNamespace" as "cacheNamespace";
    cache_key_parameters: optional Vec<String>, "cacheKeyParameters" as "cacheKeyParameters";
    integration_responses: optional BTreeMap<String, PutIntegrationResponseOutput>, "integrationResponses" as "integrationResponses";
    tls_config: optional TlsConfig, "tlsConfig" as "tlsConfig";
    response_transfer_mode: optional ResponseTransferMode, "responseTransferMode" as "responseTransferMode" .one_of(ResponseTransferMode::VALUES);
    integration_target: optional String, "integrationTarget" as "integrationTarget";
} }

structure! { PutIntegrationResponseOutput "IntegrationResponse" {
    status_code: optional String, "statusCode" as "statusCode" .pattern("[1-5]\\d\\d");
    selection_pattern: optional String, "selectionPattern" as "selectionPattern";
    response_parameters: optional BTreeMap<String, String>, "responseParameters" as "responseParameters";
    response_templates: optional BTreeMap<String, String>, "responseTemplates" as "responseTemplates";
    content_handling: optional ContentHandlingStrategy, "contentHandling" as "contentHandling" .one_of(ContentHandlingStrategy::VALUES);
} }

string_enum! { IntegrationType {
    Http = "HTTP",
    Aws = "AWS",
    Mock = "MOCK",
    HttpProxy = "HTTP_PROXY",
    AwsProxy = "AWS_PROXY",
} }

string_enum! { IpAddressType {
    Ipv4 = "ipv4",
    Dualstack = "dualstack",
} }

string_enum! { LocationStatusType {
    Documented = "DOCUMENTED",
    Undocumented = "UNDOCUMENTED",
} }

structure! { Method "Method" {
    http_method: optional String, "httpMethod" as "httpMethod";
    authorization_type: optional String, "authorizationType" as "authorizationType";
    authorizer_id: optional String, "authorizerId" as "authorizerId";
    api_key_required: optional bool, "apiKeyRequired" as "apiKeyRequired";
    request_validator_id: optional String, "requestValidatorId" as "requestValidatorId";
    operation_name: optional String, "operationName" as "operationName";
    request_parameters: optional BTreeMap<String, bool>, "requestParameters" as "requestParameters";
    request_models: optional BTreeMap<String, String>, "requestModels" as "requestModels";
    method_responses: optional BTreeMap<String, PutMethodResponseOutput>, "methodResponses" as "methodResponses";
    method_integration: optional Integration, "methodIntegration" as "methodIntegration";
    authorization_scopes: optional Vec<String>, "authorizationScopes" as "authorizationScopes";
} }

structure! { PutMethodResponseOutput "MethodResponse" {
    status_code: optional String, "statusCode" as "statusCode" .pattern("[1-5]\\d\\d");
    response_parameters: optional BTreeMap<String, bool>, "responseParameters" as "responseParameters";
    response_models: optional BTreeMap<String, String>, "responseModels" as "responseModels";
} }

structure! { MethodSetting "MethodSetting" {
    metrics_enabled: optional bool, "metricsEnabled" as "metricsEnabled";
    logging_level: optional String, "loggingLevel" as "loggingLevel";
    data_trace_enabled: optional bool, "dataTraceEnabled" as "dataTraceEnabled";
    throttling_burst_limit: optional i32, "throttlingBurstLimit" as "throttlingBurstLimit";
    throttling_rate_limit: optional f64, "throttlingRateLimit" as "throttlingRateLimit";
    caching_enabled: optional bool, "cachingEnabled" as "cachingEnabled";
    cache_ttl_in_seconds: optional i32, "cacheTtlInSeconds" as "cacheTtlInSeconds";
    cache_data_encrypted: optional bool, "cacheDataEncrypted" as "cacheDataEncrypted";
    require_authorization_for_cache_control: optional bool, "requireAuthorizationForCacheControl" as "requireAuthorizationForCacheControl";
    unauthorized_cache_control_header_strategy: optional UnauthorizedCacheControlHeaderStrategy, "unauthorizedCacheControlHeaderStrategy" as "unauthorizedCacheControlHeaderStrategy" .one_of(UnauthorizedCacheControlHeaderStrategy::VALUES);
} }

structure! { MethodSnapshot "MethodSnapshot" {
    authorization_type: optional String, "authorizationType" as "authorizationType";
    api_key_required: optional bool, "apiKeyRequired" as "apiKeyRequired";
} }

structure! { Model "Model" {
    id: optional String, "id" as "id";
    name: optional String, "name" as "name";
    description: optional String, "description" as "description";
    schema: optional String, "schema" as "schema";
    content_type: optional String, "contentType" as "contentType";
} }

structure! { Models "Models" {
    position: optional String, "position" as "position";
    items: optional Vec<Model>, "items" as "item";
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

structure! { PutGatewayResponseInput "PutGatewayResponseRequest" {
    rest_api_id: required String, "restApiId" as "restapi_id" .at(Location::Uri);
    response_type: required GatewayResponseType, "responseType" as "response_type" .at(Location::Uri) .one_of(GatewayResponseType::VALUES);
    status_code: optional String, "statusCode" as "statusCode" .pattern("[1-5]\\d\\d");
    response_parameters: optional BTreeMap<String, String>, "responseParameters" as "responseParameters";
    response_templates: optional BTreeMap<String, String>, "responseTemplates" as "responseTemplates";
} }

structure! { PutIntegrationInput "PutIntegrationRequest" {
    rest_api_id: required String, "restApiId" as "restapi_id" .at(Location::Uri);
    resource_id: required String, "resourceId" as "resource_id" .at(Location::Uri);
    http_method: required String, "httpMethod" as "http_method" .at(Location::Uri);
    r#type: required IntegrationType, "type" as "type" .one_of(IntegrationType::VALUES);
    integration_http_method: optional String, "integrationHttpMethod" as "httpMethod";
    uri: optional String, "uri" as "uri";
    connection_type: optional ConnectionType, "connectionType" as "connectionType" .one_of(ConnectionType::VALUES);
    connection_id: optional String, "connectionId" as "connectionId";
    credentials: optional String, "credentials" as "credentials";
    request_parameters: optional BTreeMap<String, String>, "requestParameters" as "requestParameters";
    request_templates: optional BTreeMap<String, String>, "requestTemplates" as "requestTemplates";
    passthrough_behavior: optional String, "passthroughBehavior" as "passthroughBehavior";
    cache_namespace: optional String, "cacheNamespace" as "cacheNamespace";
    cache_key_parameters: optional Vec<String>, "cacheKeyParameters" as "cacheKeyParameters";
    content_handling: optional ContentHandlingStrategy, "contentHandling" as "contentHandling" .one_of(ContentHandlingStrategy::VALUES);
    timeout_in_millis: optional i32, "timeoutInMillis" as "timeoutInMillis";
    tls_config: optional TlsConfig, "tlsConfig" as "tlsConfig";
    response_transfer_mode: optional ResponseTransferMode, "responseTransferMode" as "responseTransferMode" .one_of(ResponseTransferMode::VALUES);
    integration_target: optional String, "integrationTarget" as "integrationTarget";
} }

structure! { PutIntegrationResponseInput "PutIntegrationResponseRequest" {
    rest_api_id: required String, "restApiId" as "restapi_id" .at(Location::Uri);
    resource_id: required String, "resourceId" as "resource_id" .at(Location::Uri);
    http_method: required String, "httpMethod" as "http_method" .at(Location::Uri);
    status_code: required String, "statusCode" as "status_code" .at(Location::Uri) .pattern("[1-5]\\d\\d");
    selection_pattern: optional String, "selectionPattern" as "selectionPattern";
    response_parameters: optional BTreeMap<String, String>, "responseParameters" as "responseParameters";
    response_templates: optional BTreeMap<String, String>, "responseTemplates" as "responseTemplates";
    content_handling: optional ContentHandlingStrategy, "contentHandling" as "contentHandling" .one_of(ContentHandlingStrategy::VALUES);
} }

structure! { PutMethodInput "PutMethodRequest" {
    rest_api_id: required String, "restApiId" as "restapi_id" .at(Location::Uri);
    resource_id: required String, "resourceId" as "resource_id" .at(Location::Uri);
    http_method: required String, "httpMethod" as "http_method" .at(Location::Uri);
    authorization_type: required String, "authorizationType" as "authorizationType";
    authorizer_id: optional String, "authorizerId" as "authorizerId";
    api_key_required: optional bool, "apiKeyRequired" as "apiKeyRequired";
    operation_name: optional String, "operationName" as "operationName";
    request_parameters: optional BTreeMap<String, bool>, "requestParameters" as "requestParameters";
    request_models: optional BTreeMap<String, String>, "requestModels" as "requestModels";
    request_validator_id: optional String, "requestValidatorId" as "requestValidatorId";
    authorization_scopes: optional Vec<String>, "authorizationScopes" as "authorizationScopes";
} }

structure! { PutMethodResponseInput "PutMethodResponseRequest" {
    rest_api_id: required String, "restApiId" as "restapi_id" .at(Location::Uri);
    resource_id: required String, "resourceId" as "resource_id" .at(Location::Uri);
    http_method: required String, "httpMethod" as "http_method" .at(Location::Uri);
    status_code: required String, "statusCode" as "status_code" .at(Location::Uri) .pattern("[1-5]\\d\\d");
    response_parameters: optional BTreeMap<String, bool>, "responseParameters" as "responseParameters";
    response_models: optional BTreeMap<String, String>, "responseModels" as "responseModels";
} }

string_enum! { PutMode {
    Merge = "merge",
    Overwrite = "overwrite",
} }

structure! { PutRestApiInput "PutRestApiRequest" {
    rest_api_id: required String, "restApiId" as "restapi_id" .at(Location::Uri);
    mode: optional PutMode, "mode" as "mode" .at(Location::Query) .one_of(PutMode::VALUES);
    fail_on_warnings: optional bool, "failOnWarnings" as "failonwarnings" .at(Location::Query);
    parameters: optional BTreeMap<String, String>, "parameters" as "parameters" .at(Location::Queries);
    body: required Bytes, "body" as "body" .at(Location::Payload);
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

structure! { RequestValidator "RequestValidator" {
    id: optional String, "id" as "id";
    name: optional String, "name" as "name";
    validate_request_body: optional bool, "validateRequestBody" as "validateRequestBody";
    validate_request_parameters: optional bool, "validateRequestParameters" as "validateRequestParameters";
} }

structure! { RequestValidators "RequestValidators" {
    position: optional String, "position" as "position";
    items: optional Vec<RequestValidator>, "items" as "item";
} }

structure! { Resource "Resource" {
    id: optional String, "id" as "id";
    parent_id: optional String, "parentId" as "parentId";
    path_part: optional String, "pathPart" as "pathPart";
    path: optional String, "path" as "path";
    resource_methods: optional BTreeMap<String, Method>, "resourceMethods" as "resourceMethods";
} }

structure! { Resources "Resources" {
    position: optional String, "position" as "position";
    items: optional Vec<Resource>, "items" as "item";
} }

string_enum! { ResponseTransferMode {
    Buffered = "BUFFERED",
    Stream = "STREAM",
} }

structure! { RestApi "RestApi" {
    id: optional String, "id" as "id";
    name: optional String, "name" as "name";
    description: optional String, "description" as "description";
    created_date: optional Timestamp, "createdDate" as "createdDate";
    version: optional String, "version" as "version";
    warnings: optional Vec<String>, "warnings" as "warnings";
    binary_media_types: optional Vec<String>, "binaryMediaTypes" as "binaryMediaTypes";
    minimum_compression_size: optional i32, "minimumCompressionSize" as "minimumCompressionSize";
    api_key_source: optional ApiKeySourceType, "apiKeySource" as "apiKeySource" .one_of(ApiKeySourceType::VALUES);
    endpoint_configuration: optional EndpointConfiguration, "endpointConfiguration" as "endpointConfiguration";
    policy: optional String, "policy" as "policy";
    tags: optional BTreeMap<String, String>, "tags" as "tags";
    disable_execute_api_endpoint: optional bool, "disableExecuteApiEndpoint" as "disableExecuteApiEndpoint";
    root_resource_id: optional String, "rootResourceId" as "rootResourceId";
    security_policy: optional SecurityPolicy, "securityPolicy" as "securityPolicy" .one_of(SecurityPolicy::VALUES);
    endpoint_access_mode: optional EndpointAccessMode, "endpointAccessMode" as "endpointAccessMode" .one_of(EndpointAccessMode::VALUES);
    api_status: optional ApiStatus, "apiStatus" as "apiStatus" .one_of(ApiStatus::VALUES);
    api_status_message: optional String, "apiStatusMessage" as "apiStatusMessage";
} }

structure! { RestApis "RestApis" {
    position: optional String, "position" as "position";
    items: optional Vec<RestApi>, "items" as "item";
} }

string_enum! { SecurityPolicy {
    Tls10 = "TLS_1_0",
    Tls12 = "TLS_1_2",
    SecurityPolicyTls1313202509 = "SecurityPolicy_TLS13_1_3_2025_09",
    SecurityPolicyTls1313Fips202509 = "SecurityPolicy_TLS13_1_3_FIPS_2025_09",
    SecurityPolicyTls1312PfsPq202509 = "SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09",
    SecurityPolicyTls1312FipsPq202509 = "SecurityPolicy_TLS13_1_2_FIPS_PQ_2025_09",
    SecurityPolicyTls1312FipsPfsPq202509 = "SecurityPolicy_TLS13_1_2_FIPS_PFS_PQ_2025_09",
    SecurityPolicyTls1312Pq202509 = "SecurityPolicy_TLS13_1_2_PQ_2025_09",
    SecurityPolicyTls1312202106 = "SecurityPolicy_TLS13_1_2_2021_06",
    SecurityPolicyTls132025Edge = "SecurityPolicy_TLS13_2025_EDGE",
    SecurityPolicyTls12Pfs2025Edge = "SecurityPolicy_TLS12_PFS_2025_EDGE",
    SecurityPolicyTls122018Edge = "SecurityPolicy_TLS12_2018_EDGE",
} }

structure! { Stage "Stage" {
    deployment_id: optional String, "deploymentId" as "deploymentId";
    client_certificate_id: optional String, "clientCertificateId" as "clientCertificateId";
    stage_name: optional String, "stageName" as "stageName";
    description: optional String, "description" as "description";
    cache_cluster_enabled: optional bool, "cacheClusterEnabled" as "cacheClusterEnabled";
    cache_cluster_size: optional CacheClusterSize, "cacheClusterSize" as "cacheClusterSize" .one_of(CacheClusterSize::VALUES);
    cache_cluster_status: optional CacheClusterStatus, "cacheClusterStatus" as "cacheClusterStatus" .one_of(CacheClusterStatus::VALUES);
    method_settings: optional BTreeMap<String, MethodSetting>, "methodSettings" as "methodSettings";
    variables: optional BTreeMap<String, String>, "variables" as "variables";
    documentation_version: optional String, "documentationVersion" as "documentationVersion";
    access_log_settings: optional AccessLogSettings, "accessLogSettings" as "accessLogSettings";
    canary_settings: optional CanarySettings, "canarySettings" as "canarySettings";
    tracing_enabled: optional bool, "tracingEnabled" as "tracingEnabled";
    web_acl_arn: optional String, "webAclArn" as "webAclArn";
    tags: optional BTreeMap<String, String>, "tags" as "tags";
    created_date: optional Timestamp, "createdDate" as "createdDate";
    last_updated_date: optional Timestamp, "lastUpdatedDate" as "lastUpdatedDate";
} }

structure! { StageKey "StageKey" {
    rest_api_id: optional String, "restApiId" as "restApiId";
    stage_name: optional String, "stageName" as "stageName";
} }

structure! { Stages "Stages" {
    item: optional Vec<Stage>, "item" as "item";
} }

structure! { TagResourceInput "TagResourceRequest" {
    resource_arn: required String, "resourceArn" as "resource_arn" .at(Location::Uri);
    tags: required BTreeMap<String, String>, "tags" as "tags";
} }

structure! { Tags "Tags" {
    tags: optional BTreeMap<String, String>, "tags" as "tags";
} }

structure! { TestInvokeAuthorizerInput "TestInvokeAuthorizerRequest" {
    rest_api_id: required String, "restApiId" as "restapi_id" .at(Location::Uri);
    authorizer_id: required String, "authorizerId" as "authorizer_id" .at(Location::Uri);
    headers: optional BTreeMap<String, String>, "headers" as "headers";
    multi_value_headers: optional BTreeMap<String, Vec<String>>, "multiValueHeaders" as "multiValueHeaders";
    path_with_query_string: optional String, "pathWithQueryString" as "pathWithQueryString";
    body: optional String, "body" as "body";
    stage_variables: optional BTreeMap<String, String>, "stageVariables" as "stageVariables";
    additional_context: optional BTreeMap<String, String>, "additionalContext" as "additionalContext";
} }

structure! { TestInvokeAuthorizerOutput "TestInvokeAuthorizerResponse" {
    client_status: optional i32, "clientStatus" as "clientStatus";
    log: optional String, "log" as "log";
    latency: optional i64, "latency" as "latency";
    principal_id: optional String, "principalId" as "principalId";
    policy: optional String, "policy" as "policy";
    authorization: optional BTreeMap<String, Vec<String>>, "authorization" as "authorization";
    claims: optional BTreeMap<String, String>, "claims" as "claims";
} }

structure! { TestInvokeMethodInput "TestInvokeMethodRequest" {
    rest_api_id: required String, "restApiId" as "restapi_id" .at(Location::Uri);
    resource_id: required String, "resourceId" as "resource_id" .at(Location::Uri);
    http_method: required String, "httpMethod" as "http_method" .at(Location::Uri);
    path_with_query_string: optional String, "pathWithQueryString" as "pathWithQueryString";
    body: optional String, "body" as "body";
    headers: optional BTreeMap<String, String>, "headers" as "headers";
    multi_value_headers: optional BTreeMap<String, Vec<String>>, "multiValueHeaders" as "multiValueHeaders";
    client_certificate_id: optional String, "clientCertificateId" as "clientCertificateId";
    stage_variables: optional BTreeMap<String, String>, "stageVariables" as "stageVariables";
} }

structure! { TestInvokeMethodOutput "TestInvokeMethodResponse" {
    status: optional i32, "status" as "status";
    body: optional String, "body" as "body";
    headers: optional BTreeMap<String, String>, "headers" as "headers";
    multi_value_headers: optional BTreeMap<String, Vec<String>>, "multiValueHeaders" as "multiValueHeaders";
    log: optional String, "log" as "log";
    latency: optional i64, "latency" as "latency";
} }

structure! { ThrottleSettings "ThrottleSettings" {
    burst_limit: optional i32, "burstLimit" as "burstLimit";
    rate_limit: optional f64, "rateLimit" as "rateLimit";
} }

structure! { TlsConfig "TlsConfig" {
    insecure_skip_verification: optional bool, "insecureSkipVerification" as "insecureSkipVerification";
} }

string_enum! { UnauthorizedCacheControlHeaderStrategy {
    FailWith403 = "FAIL_WITH_403",
    SucceedWithResponseHeader = "SUCCEED_WITH_RESPONSE_HEADER",
    SucceedWithoutResponseHeader = "SUCCEED_WITHOUT_RESPONSE_HEADER",
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

structure! { UpdateAuthorizerInput "UpdateAuthorizerRequest" {
    rest_api_id: required String, "restApiId" as "restapi_id" .at(Location::Uri);
    authorizer_id: required String, "authorizerId" as "authorizer_id" .at(Location::Uri);
    patch_operations: optional Vec<PatchOperation>, "patchOperations" as "patchOperations";
} }

structure! { UpdateClientCertificateInput "UpdateClientCertificateRequest" {
    client_certificate_id: required String, "clientCertificateId" as "clientcertificate_id" .at(Location::Uri);
    patch_operations: optional Vec<PatchOperation>, "patchOperations" as "patchOperations";
} }

structure! { UpdateDeploymentInput "UpdateDeploymentRequest" {
    rest_api_id: required String, "restApiId" as "restapi_id" .at(Location::Uri);
    deployment_id: required String, "deploymentId" as "deployment_id" .at(Location::Uri);
    patch_operations: optional Vec<PatchOperation>, "patchOperations" as "patchOperations";
} }

structure! { UpdateDocumentationPartInput "UpdateDocumentationPartRequest" {
    rest_api_id: required String, "restApiId" as "restapi_id" .at(Location::Uri);
    documentation_part_id: required String, "documentationPartId" as "part_id" .at(Location::Uri);
    patch_operations: optional Vec<PatchOperation>, "patchOperations" as "patchOperations";
} }

structure! { UpdateDocumentationVersionInput "UpdateDocumentationVersionRequest" {
    rest_api_id: required String, "restApiId" as "restapi_id" .at(Location::Uri);
    documentation_version: required String, "documentationVersion" as "doc_version" .at(Location::Uri);
    patch_operations: optional Vec<PatchOperation>, "patchOperations" as "patchOperations";
} }

structure! { UpdateGatewayResponseInput "UpdateGatewayResponseRequest" {
    rest_api_id: required String, "restApiId" as "restapi_id" .at(Location::Uri);
    response_type: required GatewayResponseType, "responseType" as "response_type" .at(Location::Uri) .one_of(GatewayResponseType::VALUES);
    patch_operations: optional Vec<PatchOperation>, "patchOperations" as "patchOperations";
} }

structure! { UpdateIntegrationInput "UpdateIntegrationRequest" {
    rest_api_id: required String, "restApiId" as "restapi_id" .at(Location::Uri);
    resource_id: required String, "resourceId" as "resource_id" .at(Location::Uri);
    http_method: required String, "httpMethod" as "http_method" .at(Location::Uri);
    patch_operations: optional Vec<PatchOperation>, "patchOperations" as "patchOperations";
} }

structure! { UpdateIntegrationResponseInput "UpdateIntegrationResponseRequest" {
    rest_api_id: required String, "restApiId" as "restapi_id" .at(Location::Uri);
    resource_id: required String, "resourceId" as "resource_id" .at(Location::Uri);
    http_method: required String, "httpMethod" as "http_method" .at(Location::Uri);
    status_code: required String, "statusCode" as "status_code" .at(Location::Uri) .pattern("[1-5]\\d\\d");
    patch_operations: optional Vec<PatchOperation>, "patchOperations" as "patchOperations";
} }

structure! { UpdateMethodInput "UpdateMethodRequest" {
    rest_api_id: required String, "restApiId" as "restapi_id" .at(Location::Uri);
    resource_id: required String, "resourceId" as "resource_id" .at(Location::Uri);
    http_method: required String, "httpMethod" as "http_method" .at(Location::Uri);
    patch_operations: optional Vec<PatchOperation>, "patchOperations" as "patchOperations";
} }

structure! { UpdateMethodResponseInput "UpdateMethodResponseRequest" {
    rest_api_id: required String, "restApiId" as "restapi_id" .at(Location::Uri);
    resource_id: required String, "resourceId" as "resource_id" .at(Location::Uri);
    http_method: required String, "httpMethod" as "http_method" .at(Location::Uri);
    status_code: required String, "statusCode" as "status_code" .at(Location::Uri) .pattern("[1-5]\\d\\d");
    patch_operations: optional Vec<PatchOperation>, "patchOperations" as "patchOperations";
} }

structure! { UpdateModelInput "UpdateModelRequest" {
    rest_api_id: required String, "restApiId" as "restapi_id" .at(Location::Uri);
    model_name: required String, "modelName" as "model_name" .at(Location::Uri);
    patch_operations: optional Vec<PatchOperation>, "patchOperations" as "patchOperations";
} }

structure! { UpdateRequestValidatorInput "UpdateRequestValidatorRequest" {
    rest_api_id: required String, "restApiId" as "restapi_id" .at(Location::Uri);
    request_validator_id: required String, "requestValidatorId" as "requestvalidator_id" .at(Location::Uri);
    patch_operations: optional Vec<PatchOperation>, "patchOperations" as "patchOperations";
} }

structure! { UpdateResourceInput "UpdateResourceRequest" {
    rest_api_id: required String, "restApiId" as "restapi_id" .at(Location::Uri);
    resource_id: required String, "resourceId" as "resource_id" .at(Location::Uri);
    patch_operations: optional Vec<PatchOperation>, "patchOperations" as "patchOperations";
} }

structure! { UpdateRestApiInput "UpdateRestApiRequest" {
    rest_api_id: required String, "restApiId" as "restapi_id" .at(Location::Uri);
    patch_operations: optional Vec<PatchOperation>, "patchOperations" as "patchOperations";
} }

structure! { UpdateStageInput "UpdateStageRequest" {
    rest_api_id: required String, "restApiId" as "restapi_id" .at(Location::Uri);
    stage_name: required String, "stageName" as "stage_name" .at(Location::Uri);
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
