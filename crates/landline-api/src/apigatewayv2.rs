//! `apigatewayv2`, version 2018-11-29: shapes and operations.
//!
//! Written by `cargo xtask codegen` from the service's model; do not edit.

use std::collections::BTreeMap;

use bytes::Bytes;
use landline_wire::{
    Protocol, Timestamp, service, shape::Location, shape::Unit, string_enum, structure,
    timestamp::TimestampFormat,
};

service! { apigatewayv2 signed "apigateway" speaks Protocol::RestJson, validates "BadRequestException";
    errors {
        AccessDeniedException "AccessDeniedException" 403 "message",
        BadRequestException "BadRequestException" 400 "message",
        ConflictException "ConflictException" 409 "message",
        NotFoundException "NotFoundException" 404 "message",
        TooManyRequestsException "TooManyRequestsException" 429 "message",
    }
    operations {
        POST "/v2/apis" => CreateApi(CreateApiInput) -> 201 Api;
        GET "/v2/apis/{apiId}" => GetApi(GetApiInput) -> 200 Api;
        GET "/v2/apis" => GetApis(GetApisInput) -> 200 GetApisOutput;
        PATCH "/v2/apis/{apiId}" => UpdateApi(UpdateApiInput) -> 200 Api;
        DELETE "/v2/apis/{apiId}" => DeleteApi(DeleteApiInput) -> 204 Unit;
        POST "/v2/apis/{apiId}/routes" => CreateRoute(CreateRouteInput) -> 201 Route;
        GET "/v2/apis/{apiId}/routes/{routeId}" => GetRoute(GetRouteInput) -> 200 Route;
        GET "/v2/apis/{apiId}/routes" => GetRoutes(GetRoutesInput) -> 200 GetRoutesOutput;
        PATCH "/v2/apis/{apiId}/routes/{routeId}" => UpdateRoute(UpdateRouteInput) -> 201 Route;
        DELETE "/v2/apis/{apiId}/routes/{routeId}" => DeleteRoute(DeleteRouteInput) -> 204 Unit;
        DELETE "/v2/apis/{apiId}/routes/{routeId}/requestparameters/{requestParameterKey}" => DeleteRouteRequestParameter(DeleteRouteRequestParameterInput) -> 204 Unit;
        POST "/v2/apis/{apiId}/routes/{routeId}/routeresponses" => CreateRouteResponse(CreateRouteResponseInput) -> 201 RouteResponse;
        GET "/v2/apis/{apiId}/routes/{routeId}/routeresponses/{routeResponseId}" => GetRouteResponse(GetRouteResponseInput) -> 200 RouteResponse;
        GET "/v2/apis/{apiId}/routes/{routeId}/routeresponses" => GetRouteResponses(GetRouteResponsesInput) -> 200 GetRouteResponsesOutput;
        PATCH "/v2/apis/{apiId}/routes/{routeId}/routeresponses/{routeResponseId}" => UpdateRouteResponse(UpdateRouteResponseInput) -> 200 RouteResponse;
        DELETE "/v2/apis/{apiId}/routes/{routeId}/routeresponses/{routeResponseId}" => DeleteRouteResponse(DeleteRouteResponseInput) -> 204 Unit;
        POST "/v2/apis/{apiId}/integrations" => CreateIntegration(CreateIntegrationInput) -> 201 Integration;
        GET "/v2/apis/{apiId}/integrations/{integrationId}" => GetIntegration(GetIntegrationInput) -> 200 Integration;
        GET "/v2/apis/{apiId}/integrations" => GetIntegrations(GetIntegrationsInput) -> 200 GetIntegrationsOutput;
        PATCH "/v2/apis/{apiId}/integrations/{integrationId}" => UpdateIntegration(UpdateIntegrationInput) -> 200 Integration;
        DELETE "/v2/apis/{apiId}/integrations/{integrationId}" => DeleteIntegration(DeleteIntegrationInput) -> 204 Unit;
        POST "/v2/apis/{apiId}/deployments" => CreateDeployment(CreateDeploymentInput) -> 201 Deployment;
        GET "/v2/apis/{apiId}/deployments/{deploymentId}" => GetDeployment(GetDeploymentInput) -> 200 Deployment;
        GET "/v2/apis/{apiId}/deployments" => GetDeployments(GetDeploymentsInput) -> 200 GetDeploymentsOutput;
        PATCH "/v2/apis/{apiId}/deployments/{deploymentId}" => UpdateDeployment(UpdateDeploymentInput) -> 200 Deployment;
        DELETE "/v2/apis/{apiId}/deployments/{deploymentId}" => DeleteDeployment(DeleteDeploymentInput) -> 204 Unit;
        POST "/v2/apis/{apiId}/stages" => CreateStage(CreateStageInput) -> 201 Stage;
        GET "/v2/apis/{apiId}/stages/{stageName}" => GetStage(GetStageInput) -> 200 Stage;
        GET "/v2/apis/{apiId}/stages" => GetStages(GetStagesInput) -> 200 GetStagesOutput;
        PATCH "/v2/apis/{apiId}/stages/{stageName}" => UpdateStage(UpdateStageInput) -> 200 Stage;
        DELETE "/v2/apis/{apiId}/stages/{stageName}" => DeleteStage(DeleteStageInput) -> 204 Unit;
        DELETE "/v2/apis/{apiId}/stages/{stageName}/routesettings/{routeKey}" => DeleteRouteSettings(DeleteRouteSettingsInput) -> 204 Unit;
        DELETE "/v2/apis/{apiId}/stages/{stageName}/accesslogsettings" => DeleteAccessLogSettings(DeleteAccessLogSettingsInput) -> 204 Unit;
        POST "/v2/apis/{apiId}/integrations/{integrationId}/integrationresponses" => CreateIntegrationResponse(CreateIntegrationResponseInput) -> 201 IntegrationResponse;
        GET "/v2/apis/{apiId}/integrations/{integrationId}/integrationresponses/{integrationResponseId}" => GetIntegrationResponse(GetIntegrationResponseInput) -> 200 IntegrationResponse;
        GET "/v2/apis/{apiId}/integrations/{integrationId}/integrationresponses" => GetIntegrationResponses(GetIntegrationResponsesInput) -> 200 GetIntegrationResponsesOutput;
        PATCH "/v2/apis/{apiId}/integrations/{integrationId}/integrationresponses/{integrationResponseId}" => UpdateIntegrationResponse(UpdateIntegrationResponseInput) -> 200 IntegrationResponse;
        DELETE "/v2/apis/{apiId}/integrations/{integrationId}/integrationresponses/{integrationResponseId}" => DeleteIntegrationResponse(DeleteIntegrationResponseInput) -> 204 Unit;
        POST "/v2/apis/{apiId}/authorizers" => CreateAuthorizer(CreateAuthorizerInput) -> 201 Authorizer;
        GET "/v2/apis/{apiId}/authorizers/{authorizerId}" => GetAuthorizer(GetAuthorizerInput) -> 200 Authorizer;
        GET "/v2/apis/{apiId}/authorizers" => GetAuthorizers(GetAuthorizersInput) -> 200 GetAuthorizersOutput;
        PATCH "/v2/apis/{apiId}/authorizers/{authorizerId}" => UpdateAuthorizer(UpdateAuthorizerInput) -> 200 Authorizer;
        DELETE "/v2/apis/{apiId}/authorizers/{authorizerId}" => DeleteAuthorizer(DeleteAuthorizerInput) -> 204 Unit;
        DELETE "/v2/apis/{apiId}/stages/{stageName}/cache/authorizers" => ResetAuthorizersCache(ResetAuthorizersCacheInput) -> 204 Unit;
        POST "/v2/apis/{apiId}/models" => CreateModel(CreateModelInput) -> 201 Model;
        GET "/v2/apis/{apiId}/models/{modelId}" => GetModel(GetModelInput) -> 200 Model;
        GET "/v2/apis/{apiId}/models" => GetModels(GetModelsInput) -> 200 GetModelsOutput;
        GET "/v2/apis/{apiId}/models/{modelId}/template" => GetModelTemplate(GetModelTemplateInput) -> 200 GetModelTemplateOutput;
        PATCH "/v2/apis/{apiId}/models/{modelId}" => UpdateModel(UpdateModelInput) -> 200 Model;
        DELETE "/v2/apis/{apiId}/models/{modelId}" => DeleteModel(DeleteModelInput) -> 204 Unit;
        POST "/v2/domainnames" => CreateDomainName(CreateDomainNameInput) -> 201 DomainName;
        GET "/v2/domainnames/{domainName}" => GetDomainName(GetDomainNameInput) -> 200 DomainName;
        GET "/v2/domainnames" => GetDomainNames(GetDomainNamesInput) -> 200 GetDomainNamesOutput;
        PATCH "/v2/domainnames/{domainName}" => UpdateDomainName(UpdateDomainNameInput) -> 200 DomainName;
        DELETE "/v2/domainnames/{domainName}" => DeleteDomainName(DeleteDomainNameInput) -> 204 Unit;
        POST "/v2/domainnames/{domainName}/apimappings" => CreateApiMapping(CreateApiMappingInput) -> 201 ApiMapping;
        GET "/v2/domainnames/{domainName}/apimappings/{apiMappingId}" => GetApiMapping(GetApiMappingInput) -> 200 ApiMapping;
        GET "/v2/domainnames/{domainName}/apimappings" => GetApiMappings(GetApiMappingsInput) -> 200 GetApiMappingsOutput;
        PATCH "/v2/domainnames/{domainName}/apimappings/{apiMappingId}" => UpdateApiMapping(UpdateApiMappingInput) -> 200 ApiMapping;
        DELETE "/v2/domainnames/{domainName}/apimappings/{apiMappingId}" => DeleteApiMapping(DeleteApiMappingInput) -> 204 Unit;
        POST "/v2/vpclinks" => CreateVpcLink(CreateVpcLinkInput) -> 201 VpcLink;
        GET "/v2/vpclinks/{vpcLinkId}" => GetVpcLink(GetVpcLinkInput) -> 200 VpcLink;
        GET "/v2/vpclinks" => GetVpcLinks(GetVpcLinksInput) -> 200 GetVpcLinksOutput;
        PATCH "/v2/vpclinks/{vpcLinkId}" => UpdateVpcLink(UpdateVpcLinkInput) -> 200 VpcLink;
        DELETE "/v2/vpclinks/{vpcLinkId}" => DeleteVpcLink(DeleteVpcLinkInput) -> 202 DeleteVpcLinkOutput;
        DELETE "/v2/apis/{apiId}/cors" => DeleteCorsConfiguration(DeleteCorsConfigurationInput) -> 204 Unit;
        PUT "/v2/apis" => ImportApi(ImportApiInput) -> 201 Api;
        PUT "/v2/apis/{apiId}" => ReimportApi(ReimportApiInput) -> 201 Api;
        GET "/v2/apis/{apiId}/exports/{specification}" => ExportApi(ExportApiInput) -> 200 ExportApiOutput;
        GET "/v2/tags/{resource-arn}" => GetTags(GetTagsInput) -> 200 GetTagsOutput;
        POST "/v2/tags/{resource-arn}" => TagResource(TagResourceInput) -> 201 TagResourceOutput;
        DELETE "/v2/tags/{resource-arn}" => UntagResource(UntagResourceInput) -> 204 Unit;
    }
}

structure! { AccessLogSettings "AccessLogSettings" {
    destination_arn: optional String, "DestinationArn" as "destinationArn";
    format: optional String, "Format" as "format";
} }

structure! { Api "Api" {
    api_endpoint: optional String, "ApiEndpoint" as "apiEndpoint";
    api_gateway_managed: optional bool, "ApiGatewayManaged" as "apiGatewayManaged";
    api_id: optional String, "ApiId" as "apiId";
    api_key_selection_expression: optional String, "ApiKeySelectionExpression" as "apiKeySelectionExpression";
    cors_configuration: optional Cors, "CorsConfiguration" as "corsConfiguration";
    created_date: optional Timestamp, "CreatedDate" as "createdDate" .timestamp(TimestampFormat::Iso8601);
    description: optional String, "Description" as "description";
    disable_schema_validation: optional bool, "DisableSchemaValidation" as "disableSchemaValidation";
    disable_execute_api_endpoint: optional bool, "DisableExecuteApiEndpoint" as "disableExecuteApiEndpoint";
    import_info: optional Vec<String>, "ImportInfo" as "importInfo";
    ip_address_type: optional IpAddressType, "IpAddressType" as "ipAddressType" .one_of(IpAddressType::VALUES);
    name: required String, "Name" as "name";
    protocol_type: required ProtocolType, "ProtocolType" as "protocolType" .one_of(ProtocolType::VALUES);
    route_selection_expression: required String, "RouteSelectionExpression" as "routeSelectionExpression";
    tags: optional BTreeMap<String, String>, "Tags" as "tags";
    version: optional String, "Version" as "version";
    warnings: optional Vec<String>, "Warnings" as "warnings";
} }

structure! { ApiMapping "ApiMapping" {
    api_id: required String, "ApiId" as "apiId";
    api_mapping_id: optional String, "ApiMappingId" as "apiMappingId";
    api_mapping_key: optional String, "ApiMappingKey" as "apiMappingKey";
    stage: required String, "Stage" as "stage";
} }

string_enum! { AuthorizationType {
    None = "NONE",
    AwsIam = "AWS_IAM",
    Custom = "CUSTOM",
    Jwt = "JWT",
} }

structure! { Authorizer "Authorizer" {
    authorizer_credentials_arn: optional String, "AuthorizerCredentialsArn" as "authorizerCredentialsArn";
    authorizer_id: optional String, "AuthorizerId" as "authorizerId";
    authorizer_payload_format_version: optional String, "AuthorizerPayloadFormatVersion" as "authorizerPayloadFormatVersion";
    authorizer_result_ttl_in_seconds: optional i32, "AuthorizerResultTtlInSeconds" as "authorizerResultTtlInSeconds" .range(0, 3600);
    authorizer_type: optional AuthorizerType, "AuthorizerType" as "authorizerType" .one_of(AuthorizerType::VALUES);
    authorizer_uri: optional String, "AuthorizerUri" as "authorizerUri";
    enable_simple_responses: optional bool, "EnableSimpleResponses" as "enableSimpleResponses";
    identity_source: optional Vec<String>, "IdentitySource" as "identitySource";
    identity_validation_expression: optional String, "IdentityValidationExpression" as "identityValidationExpression";
    jwt_configuration: optional JWTConfiguration, "JwtConfiguration" as "jwtConfiguration";
    name: required String, "Name" as "name";
} }

string_enum! { AuthorizerType {
    Request = "REQUEST",
    Jwt = "JWT",
} }

string_enum! { ConnectionType {
    Internet = "INTERNET",
    VpcLink = "VPC_LINK",
} }

string_enum! { ContentHandlingStrategy {
    ConvertToBinary = "CONVERT_TO_BINARY",
    ConvertToText = "CONVERT_TO_TEXT",
} }

structure! { Cors "Cors" {
    allow_credentials: optional bool, "AllowCredentials" as "allowCredentials";
    allow_headers: optional Vec<String>, "AllowHeaders" as "allowHeaders";
    allow_methods: optional Vec<String>, "AllowMethods" as "allowMethods";
    allow_origins: optional Vec<String>, "AllowOrigins" as "allowOrigins";
    expose_headers: optional Vec<String>, "ExposeHeaders" as "exposeHeaders";
    max_age: optional i32, "MaxAge" as "maxAge" .range(-1, 86400);
} }

structure! { CreateApiMappingInput "CreateApiMappingRequest" {
    api_id: required String, "ApiId" as "apiId";
    api_mapping_key: optional String, "ApiMappingKey" as "apiMappingKey";
    domain_name: required String, "DomainName" as "domainName" .at(Location::Uri);
    stage: required String, "Stage" as "stage";
} }

structure! { CreateApiInput "CreateApiRequest" {
    api_key_selection_expression: optional String, "ApiKeySelectionExpression" as "apiKeySelectionExpression";
    cors_configuration: optional Cors, "CorsConfiguration" as "corsConfiguration";
    credentials_arn: optional String, "CredentialsArn" as "credentialsArn";
    description: optional String, "Description" as "description";
    disable_schema_validation: optional bool, "DisableSchemaValidation" as "disableSchemaValidation";
    disable_execute_api_endpoint: optional bool, "DisableExecuteApiEndpoint" as "disableExecuteApiEndpoint";
    ip_address_type: optional IpAddressType, "IpAddressType" as "ipAddressType" .one_of(IpAddressType::VALUES);
    name: required String, "Name" as "name";
    protocol_type: required ProtocolType, "ProtocolType" as "protocolType";
    route_key: optional String, "RouteKey" as "routeKey";
    route_selection_expression: optional String, "RouteSelectionExpression" as "routeSelectionExpression";
    tags: optional BTreeMap<String, String>, "Tags" as "tags";
    target: optional String, "Target" as "target";
    version: optional String, "Version" as "version";
} }

structure! { CreateAuthorizerInput "CreateAuthorizerRequest" {
    api_id: required String, "ApiId" as "apiId" .at(Location::Uri);
    authorizer_credentials_arn: optional String, "AuthorizerCredentialsArn" as "authorizerCredentialsArn";
    authorizer_payload_format_version: optional String, "AuthorizerPayloadFormatVersion" as "authorizerPayloadFormatVersion";
    authorizer_result_ttl_in_seconds: optional i32, "AuthorizerResultTtlInSeconds" as "authorizerResultTtlInSeconds";
    authorizer_type: required AuthorizerType, "AuthorizerType" as "authorizerType";
    authorizer_uri: optional String, "AuthorizerUri" as "authorizerUri";
    enable_simple_responses: optional bool, "EnableSimpleResponses" as "enableSimpleResponses";
    identity_source: optional Vec<String>, "IdentitySource" as "identitySource";
    identity_validation_expression: optional String, "IdentityValidationExpression" as "identityValidationExpression";
    jwt_configuration: optional JWTConfiguration, "JwtConfiguration" as "jwtConfiguration";
    name: required String, "Name" as "name";
} }

structure! { CreateDeploymentInput "CreateDeploymentRequest" {
    api_id: required String, "ApiId" as "apiId" .at(Location::Uri);
    description: optional String, "Description" as "description";
    stage_name: optional String, "StageName" as "stageName";
} }

structure! { CreateDomainNameInput "CreateDomainNameRequest" {
    domain_name: required String, "DomainName" as "domainName";
    domain_name_configurations: optional Vec<DomainNameConfiguration>, "DomainNameConfigurations" as "domainNameConfigurations";
    mutual_tls_authentication: optional MutualTlsAuthenticationInput, "MutualTlsAuthentication" as "mutualTlsAuthentication";
    routing_mode: optional RoutingMode, "RoutingMode" as "routingMode" .one_of(RoutingMode::VALUES);
    tags: optional BTreeMap<String, String>, "Tags" as "tags";
} }

structure! { CreateIntegrationInput "CreateIntegrationRequest" {
    api_id: required String, "ApiId" as "apiId" .at(Location::Uri);
    connection_id: optional String, "ConnectionId" as "connectionId";
    connection_type: optional ConnectionType, "ConnectionType" as "connectionType" .one_of(ConnectionType::VALUES);
    content_handling_strategy: optional ContentHandlingStrategy, "ContentHandlingStrategy" as "contentHandlingStrategy" .one_of(ContentHandlingStrategy::VALUES);
    credentials_arn: optional String, "CredentialsArn" as "credentialsArn";
    description: optional String, "Description" as "description";
    integration_method: optional String, "IntegrationMethod" as "integrationMethod";
    integration_subtype: optional String, "IntegrationSubtype" as "integrationSubtype";
    integration_type: required IntegrationType, "IntegrationType" as "integrationType" .one_of(IntegrationType::VALUES);
    integration_uri: optional String, "IntegrationUri" as "integrationUri";
    passthrough_behavior: optional PassthroughBehavior, "PassthroughBehavior" as "passthroughBehavior" .one_of(PassthroughBehavior::VALUES);
    payload_format_version: optional String, "PayloadFormatVersion" as "payloadFormatVersion";
    request_parameters: optional BTreeMap<String, String>, "RequestParameters" as "requestParameters";
    request_templates: optional BTreeMap<String, String>, "RequestTemplates" as "requestTemplates";
    response_parameters: optional BTreeMap<String, BTreeMap<String, String>>, "ResponseParameters" as "responseParameters";
    template_selection_expression: optional String, "TemplateSelectionExpression" as "templateSelectionExpression";
    timeout_in_millis: optional i32, "TimeoutInMillis" as "timeoutInMillis" .range(50, 30000);
    tls_config: optional TlsConfigInput, "TlsConfig" as "tlsConfig";
} }

structure! { CreateIntegrationResponseInput "CreateIntegrationResponseRequest" {
    api_id: required String, "ApiId" as "apiId" .at(Location::Uri);
    content_handling_strategy: optional ContentHandlingStrategy, "ContentHandlingStrategy" as "contentHandlingStrategy" .one_of(ContentHandlingStrategy::VALUES);
    integration_id: required String, "IntegrationId" as "integrationId" .at(Location::Uri);
    integration_response_key: required String, "IntegrationResponseKey" as "integrationResponseKey";
    response_parameters: optional BTreeMap<String, String>, "ResponseParameters" as "responseParameters";
    response_templates: optional BTreeMap<String, String>, "ResponseTemplates" as "responseTemplates";
    template_selection_expression: optional String, "TemplateSelectionExpression" as "templateSelectionExpression";
} }

structure! { CreateModelInput "CreateModelRequest" {
    api_id: required String, "ApiId" as "apiId" .at(Location::Uri);
    content_type: optional String, "ContentType" as "contentType";
    description: optional String, "Description" as "description";
    name: required String, "Name" as "name";
    schema: required String, "Schema" as "schema";
} }

structure! { CreateRouteInput "CreateRouteRequest" {
    api_id: required String, "ApiId" as "apiId" .at(Location::Uri);
    api_key_required: optional bool, "ApiKeyRequired" as "apiKeyRequired";
    authorization_scopes: optional Vec<String>, "AuthorizationScopes" as "authorizationScopes";
    authorization_type: optional AuthorizationType, "AuthorizationType" as "authorizationType" .one_of(AuthorizationType::VALUES);
    authorizer_id: optional String, "AuthorizerId" as "authorizerId";
    model_selection_expression: optional String, "ModelSelectionExpression" as "modelSelectionExpression";
    operation_name: optional String, "OperationName" as "operationName";
    request_models: optional BTreeMap<String, String>, "RequestModels" as "requestModels";
    request_parameters: optional BTreeMap<String, ParameterConstraints>, "RequestParameters" as "requestParameters";
    route_key: required String, "RouteKey" as "routeKey";
    route_response_selection_expression: optional String, "RouteResponseSelectionExpression" as "routeResponseSelectionExpression";
    target: optional String, "Target" as "target";
} }

structure! { CreateRouteResponseInput "CreateRouteResponseRequest" {
    api_id: required String, "ApiId" as "apiId" .at(Location::Uri);
    model_selection_expression: optional String, "ModelSelectionExpression" as "modelSelectionExpression";
    response_models: optional BTreeMap<String, String>, "ResponseModels" as "responseModels";
    response_parameters: optional BTreeMap<String, ParameterConstraints>, "ResponseParameters" as "responseParameters";
    route_id: required String, "RouteId" as "routeId" .at(Location::Uri);
    route_response_key: required String, "RouteResponseKey" as "routeResponseKey";
} }

structure! { CreateStageInput "CreateStageRequest" {
    access_log_settings: optional AccessLogSettings, "AccessLogSettings" as "accessLogSettings";
    api_id: required String, "ApiId" as "apiId" .at(Location::Uri);
    auto_deploy: optional bool, "AutoDeploy" as "autoDeploy";
    client_certificate_id: optional String, "ClientCertificateId" as "clientCertificateId";
    default_route_settings: optional RouteSettings, "DefaultRouteSettings" as "defaultRouteSettings";
    deployment_id: optional String, "DeploymentId" as "deploymentId";
    description: optional String, "Description" as "description";
    route_settings: optional BTreeMap<String, RouteSettings>, "RouteSettings" as "routeSettings";
    stage_name: required String, "StageName" as "stageName";
    stage_variables: optional BTreeMap<String, String>, "StageVariables" as "stageVariables";
    tags: optional BTreeMap<String, String>, "Tags" as "tags";
} }

structure! { CreateVpcLinkInput "CreateVpcLinkRequest" {
    name: required String, "Name" as "name";
    security_group_ids: optional Vec<String>, "SecurityGroupIds" as "securityGroupIds";
    subnet_ids: required Vec<String>, "SubnetIds" as "subnetIds";
    tags: optional BTreeMap<String, String>, "Tags" as "tags";
} }

structure! { DeleteAccessLogSettingsInput "DeleteAccessLogSettingsRequest" {
    api_id: required String, "ApiId" as "apiId" .at(Location::Uri);
    stage_name: required String, "StageName" as "stageName" .at(Location::Uri);
} }

structure! { DeleteApiMappingInput "DeleteApiMappingRequest" {
    api_mapping_id: required String, "ApiMappingId" as "apiMappingId" .at(Location::Uri);
    domain_name: required String, "DomainName" as "domainName" .at(Location::Uri);
} }

structure! { DeleteApiInput "DeleteApiRequest" {
    api_id: required String, "ApiId" as "apiId" .at(Location::Uri);
} }

structure! { DeleteAuthorizerInput "DeleteAuthorizerRequest" {
    api_id: required String, "ApiId" as "apiId" .at(Location::Uri);
    authorizer_id: required String, "AuthorizerId" as "authorizerId" .at(Location::Uri);
} }

structure! { DeleteCorsConfigurationInput "DeleteCorsConfigurationRequest" {
    api_id: required String, "ApiId" as "apiId" .at(Location::Uri);
} }

structure! { DeleteDeploymentInput "DeleteDeploymentRequest" {
    api_id: required String, "ApiId" as "apiId" .at(Location::Uri);
    deployment_id: required String, "DeploymentId" as "deploymentId" .at(Location::Uri);
} }

structure! { DeleteDomainNameInput "DeleteDomainNameRequest" {
    domain_name: required String, "DomainName" as "domainName" .at(Location::Uri);
} }

structure! { DeleteIntegrationInput "DeleteIntegrationRequest" {
    api_id: required String, "ApiId" as "apiId" .at(Location::Uri);
    integration_id: required String, "IntegrationId" as "integrationId" .at(Location::Uri);
} }

structure! { DeleteIntegrationResponseInput "DeleteIntegrationResponseRequest" {
    api_id: required String, "ApiId" as "apiId" .at(Location::Uri);
    integration_id: required String, "IntegrationId" as "integrationId" .at(Location::Uri);
    integration_response_id: required String, "IntegrationResponseId" as "integrationResponseId" .at(Location::Uri);
} }

structure! { DeleteModelInput "DeleteModelRequest" {
    api_id: required String, "ApiId" as "apiId" .at(Location::Uri);
    model_id: required String, "ModelId" as "modelId" .at(Location::Uri);
} }

structure! { DeleteRouteInput "DeleteRouteRequest" {
    api_id: required String, "ApiId" as "apiId" .at(Location::Uri);
    route_id: required String, "RouteId" as "routeId" .at(Location::Uri);
} }

structure! { DeleteRouteRequestParameterInput "DeleteRouteRequestParameterRequest" {
    api_id: required String, "ApiId" as "apiId" .at(Location::Uri);
    request_parameter_key: required String, "RequestParameterKey" as "requestParameterKey" .at(Location::Uri);
    route_id: required String, "RouteId" as "routeId" .at(Location::Uri);
} }

structure! { DeleteRouteResponseInput "DeleteRouteResponseRequest" {
    api_id: required String, "ApiId" as "apiId" .at(Location::Uri);
    route_id: required String, "RouteId" as "routeId" .at(Location::Uri);
    route_response_id: required String, "RouteResponseId" as "routeResponseId" .at(Location::Uri);
} }

structure! { DeleteRouteSettingsInput "DeleteRouteSettingsRequest" {
    api_id: required String, "ApiId" as "apiId" .at(Location::Uri);
    route_key: required String, "RouteKey" as "routeKey" .at(Location::Uri);
    stage_name: required String, "StageName" as "stageName" .at(Location::Uri);
} }

structure! { DeleteStageInput "DeleteStageRequest" {
    api_id: required String, "ApiId" as "apiId" .at(Location::Uri);
    stage_name: required String, "StageName" as "stageName" .at(Location::Uri);
} }

structure! { DeleteVpcLinkInput "DeleteVpcLinkRequest" {
    vpc_link_id: required String, "VpcLinkId" as "vpcLinkId" .at(Location::Uri);
} }

structure! { DeleteVpcLinkOutput "DeleteVpcLinkResponse" {
} }

structure! { Deployment "Deployment" {
    auto_deployed: optional bool, "AutoDeployed" as "autoDeployed";
    created_date: optional Timestamp, "CreatedDate" as "createdDate" .timestamp(TimestampFormat::Iso8601);
    deployment_id: optional String, "DeploymentId" as "deploymentId";
    deployment_status: optional DeploymentStatus, "DeploymentStatus" as "deploymentStatus" .one_of(DeploymentStatus::VALUES);
    deployment_status_message: optional String, "DeploymentStatusMessage" as "deploymentStatusMessage";
    description: optional String, "Description" as "description";
} }

string_enum! { DeploymentStatus {
    Pending = "PENDING",
    Failed = "FAILED",
    Deployed = "DEPLOYED",
} }

structure! { DomainName "DomainName" {
    api_mapping_selection_expression: optional String, "ApiMappingSelectionExpression" as "apiMappingSelectionExpression";
    domain_name: required String, "DomainName" as "domainName";
    domain_name_arn: optional String, "DomainNameArn" as "domainNameArn";
    domain_name_configurations: optional Vec<DomainNameConfiguration>, "DomainNameConfigurations" as "domainNameConfigurations";
    mutual_tls_authentication: optional MutualTlsAuthentication, "MutualTlsAuthentication" as "mutualTlsAuthentication";
    routing_mode: optional RoutingMode, "RoutingMode" as "routingMode" .one_of(RoutingMode::VALUES);
    tags: optional BTreeMap<String, String>, "Tags" as "tags";
} }

structure! { DomainNameConfiguration "DomainNameConfiguration" {
    api_gateway_domain_name: optional String, "ApiGatewayDomainName" as "apiGatewayDomainName";
    certificate_arn: optional String, "CertificateArn" as "certificateArn";
    certificate_name: optional String, "CertificateName" as "certificateName";
    certificate_upload_date: optional Timestamp, "CertificateUploadDate" as "certificateUploadDate" .timestamp(TimestampFormat::Iso8601);
    domain_name_status: optional DomainNameStatus, "DomainNameStatus" as "domainNameStatus" .one_of(DomainNameStatus::VALUES);
    domain_name_status_message: optional String, "DomainNameStatusMessage" as "domainNameStatusMessage";
    endpoint_type: optional EndpointType, "EndpointType" as "endpointType" .one_of(EndpointType::VALUES);
    hosted_zone_id: optional String, "HostedZoneId" as "hostedZoneId";
    ip_address_type: optional IpAddressType, "IpAddressType" as "ipAddressType" .one_of(IpAddressType::VALUES);
    security_policy: optional SecurityPolicy, "SecurityPolicy" as "securityPolicy" .one_of(SecurityPolicy::VALUES);
    ownership_verification_certificate_arn: optional String, "OwnershipVerificationCertificateArn" as "ownershipVerificationCertificateArn";
} }

string_enum! { DomainNameStatus {
    Available = "AVAILABLE",
    Updating = "UPDATING",
    PendingCertificateReimport = "PENDING_CERTIFICATE_REIMPORT",
    PendingOwnershipVerification = "PENDING_OWNERSHIP_VERIFICATION",
} }

string_enum! { EndpointType {
    Regional = "REGIONAL",
    Edge = "EDGE",
} }

structure! { ExportApiInput "ExportApiRequest" {
    api_id: required String, "ApiId" as "apiId" .at(Location::Uri);
    export_version: optional String, "ExportVersion" as "exportVersion" .at(Location::Query);
    include_extensions: optional bool, "IncludeExtensions" as "includeExtensions" .at(Location::Query);
    output_type: required String, "OutputType" as "outputType" .at(Location::Query);
    specification: required String, "Specification" as "specification" .at(Location::Uri);
    stage_name: optional String, "StageName" as "stageName" .at(Location::Query);
} }

structure! { ExportApiOutput "ExportApiResponse" {
    body: optional Bytes, "body" as "body" .at(Location::Payload);
} }

structure! { GetApiMappingInput "GetApiMappingRequest" {
    api_mapping_id: required String, "ApiMappingId" as "apiMappingId" .at(Location::Uri);
    domain_name: required String, "DomainName" as "domainName" .at(Location::Uri);
} }

structure! { GetApiMappingsInput "GetApiMappingsRequest" {
    domain_name: required String, "DomainName" as "domainName" .at(Location::Uri);
    max_results: optional String, "MaxResults" as "maxResults" .at(Location::Query);
    next_token: optional String, "NextToken" as "nextToken" .at(Location::Query);
} }

structure! { GetApiMappingsOutput "GetApiMappingsResponse" {
    items: optional Vec<ApiMapping>, "Items" as "items";
    next_token: optional String, "NextToken" as "nextToken";
} }

structure! { GetApiInput "GetApiRequest" {
    api_id: required String, "ApiId" as "apiId" .at(Location::Uri);
} }

structure! { GetApisInput "GetApisRequest" {
    max_results: optional String, "MaxResults" as "maxResults" .at(Location::Query);
    next_token: optional String, "NextToken" as "nextToken" .at(Location::Query);
} }

structure! { GetApisOutput "GetApisResponse" {
    items: optional Vec<Api>, "Items" as "items";
    next_token: optional String, "NextToken" as "nextToken";
} }

structure! { GetAuthorizerInput "GetAuthorizerRequest" {
    api_id: required String, "ApiId" as "apiId" .at(Location::Uri);
    authorizer_id: required String, "AuthorizerId" as "authorizerId" .at(Location::Uri);
} }

structure! { GetAuthorizersInput "GetAuthorizersRequest" {
    api_id: required String, "ApiId" as "apiId" .at(Location::Uri);
    max_results: optional String, "MaxResults" as "maxResults" .at(Location::Query);
    next_token: optional String, "NextToken" as "nextToken" .at(Location::Query);
} }

structure! { GetAuthorizersOutput "GetAuthorizersResponse" {
    items: optional Vec<Authorizer>, "Items" as "items";
    next_token: optional String, "NextToken" as "nextToken";
} }

structure! { GetDeploymentInput "GetDeploymentRequest" {
    api_id: required String, "ApiId" as "apiId" .at(Location::Uri);
    deployment_id: required String, "DeploymentId" as "deploymentId" .at(Location::Uri);
} }

structure! { GetDeploymentsInput "GetDeploymentsRequest" {
    api_id: required String, "ApiId" as "apiId" .at(Location::Uri);
    max_results: optional String, "MaxResults" as "maxResults" .at(Location::Query);
    next_token: optional String, "NextToken" as "nextToken" .at(Location::Query);
} }

structure! { GetDeploymentsOutput "GetDeploymentsResponse" {
    items: optional Vec<Deployment>, "Items" as "items";
    next_token: optional String, "NextToken" as "nextToken";
} }

structure! { GetDomainNameInput "GetDomainNameRequest" {
    domain_name: required String, "DomainName" as "domainName" .at(Location::Uri);
} }

structure! { GetDomainNamesInput "GetDomainNamesRequest" {
    max_results: optional String, "MaxResults" as "maxResults" .at(Location::Query);
    next_token: optional String, "NextToken" as "nextToken" .at(Location::Query);
} }

structure! { GetDomainNamesOutput "GetDomainNamesResponse" {
    items: optional Vec<DomainName>, "Items" as "items";
    next_token: optional String, "NextToken" as "nextToken";
} }

structure! { GetIntegrationInput "GetIntegrationRequest" {
    api_id: required String, "ApiId" as "apiId" .at(Location::Uri);
    integration_id: required String, "IntegrationId" as "integrationId" .at(Location::Uri);
} }

structure! { GetIntegrationResponseInput "GetIntegrationResponseRequest" {
    api_id: required String, "ApiId" as "apiId" .at(Location::Uri);
    integration_id: required String, "IntegrationId" as "integrationId" .at(Location::Uri);
    integration_response_id: required String, "IntegrationResponseId" as "integrationResponseId" .at(Location::Uri);
} }

structure! { GetIntegrationResponsesInput "GetIntegrationResponsesRequest" {
    api_id: required String, "ApiId" as "apiId" .at(Location::Uri);
    integration_id: required String, "IntegrationId" as "integrationId" .at(Location::Uri);
    max_results: optional String, "MaxResults" as "maxResults" .at(Location::Query);
    next_token: optional String, "NextToken" as "nextToken" .at(Location::Query);
} }

structure! { GetIntegrationResponsesOutput "GetIntegrationResponsesResponse" {
    items: optional Vec<IntegrationResponse>, "Items" as "items";
    next_token: optional String, "NextToken" as "nextToken";
} }

structure! { GetIntegrationsInput "GetIntegrationsRequest" {
    api_id: required String, "ApiId" as "apiId" .at(Location::Uri);
    max_results: optional String, "MaxResults" as "maxResults" .at(Location::Query);
    next_token: optional String, "NextToken" as "nextToken" .at(Location::Query);
} }

structure! { GetIntegrationsOutput "GetIntegrationsResponse" {
    items: optional Vec<Integration>, "Items" as "items";
    next_token: optional String, "NextToken" as "nextToken";
} }

structure! { GetModelInput "GetModelRequest" {
    api_id: required String, "ApiId" as "apiId" .at(Location::Uri);
    model_id: required String, "ModelId" as "modelId" .at(Location::Uri);
} }

structure! { GetModelTemplateInput "GetModelTemplateRequest" {
    api_id: required String, "ApiId" as "apiId" .at(Location::Uri);
    model_id: required String, "ModelId" as "modelId" .at(Location::Uri);
} }

structure! { GetModelTemplateOutput "GetModelTemplateResponse" {
    value: optional String, "Value" as "value";
} }

structure! { GetModelsInput "GetModelsRequest" {
    api_id: required String, "ApiId" as "apiId" .at(Location::Uri);
    max_results: optional String, "MaxResults" as "maxResults" .at(Location::Query);
    next_token: optional String, "NextToken" as "nextToken" .at(Location::Query);
} }

structure! { GetModelsOutput "GetModelsResponse" {
    items: optional Vec<Model>, "Items" as "items";
    next_token: optional String, "NextToken" as "nextToken";
} }

structure! { GetRouteInput "GetRouteRequest" {
    api_id: required String, "ApiId" as "apiId" .at(Location::Uri);
    route_id: required String, "RouteId" as "routeId" .at(Location::Uri);
} }

structure! { GetRouteResponseInput "GetRouteResponseRequest" {
    api_id: required String, "ApiId" as "apiId" .at(Location::Uri);
    route_id: required String, "RouteId" as "routeId" .at(Location::Uri);
    route_response_id: required String, "RouteResponseId" as "routeResponseId" .at(Location::Uri);
} }

structure! { GetRouteResponsesInput "GetRouteResponsesRequest" {
    api_id: required String, "ApiId" as "apiId" .at(Location::Uri);
    max_results: optional String, "MaxResults" as "maxResults" .at(Location::Query);
    next_token: optional String, "NextToken" as "nextToken" .at(Location::Query);
    route_id: required String, "RouteId" as "routeId" .at(Location::Uri);
} }

structure! { GetRouteResponsesOutput "GetRouteResponsesResponse" {
    items: optional Vec<RouteResponse>, "Items" as "items";
    next_token: optional String, "NextToken" as "nextToken";
} }

structure! { GetRoutesInput "GetRoutesRequest" {
    api_id: required String, "ApiId" as "apiId" .at(Location::Uri);
    max_results: optional String, "MaxResults" as "maxResults" .at(Location::Query);
    next_token: optional String, "NextToken" as "nextToken" .at(Location::Query);
} }

structure! { GetRoutesOutput "GetRoutesResponse" {
    items: optional Vec<Route>, "Items" as "items";
    next_token: optional String, "NextToken" as "nextToken";
} }

structure! { GetStageInput "GetStageRequest" {
    api_id: required String, "ApiId" as "apiId" .at(Location::Uri);
    stage_name: required String, "StageName" as "stageName" .at(Location::Uri);
} }

structure! { GetStagesInput "GetStagesRequest" {
    api_id: required String, "ApiId" as "apiId" .at(Location::Uri);
    max_results: optional String, "MaxResults" as "maxResults" .at(Location::Query);
    next_token: optional String, "NextToken" as "nextToken" .at(Location::Query);
} }

structure! { GetStagesOutput "GetStagesResponse" {
    items: optional Vec<Stage>, "Items" as "items";
    next_token: optional String, "NextToken" as "nextToken";
} }

structure! { GetTagsInput "GetTagsRequest" {
    resource_arn: required String, "ResourceArn" as "resource-arn" .at(Location::Uri);
} }

structure! { GetTagsOutput "GetTagsResponse" {
    tags: optional BTreeMap<String, String>, "Tags" as "tags";
} }

structure! { GetVpcLinkInput "GetVpcLinkRequest" {
    vpc_link_id: required String, "VpcLinkId" as "vpcLinkId" .at(Location::Uri);
} }

structure! { GetVpcLinksInput "GetVpcLinksRequest" {
    max_results: optional String, "MaxResults" as "maxResults" .at(Location::Query);
    next_token: optional String, "NextToken" as "nextToken" .at(Location::Query);
} }

structure! { GetVpcLinksOutput "GetVpcLinksResponse" {
    items: optional Vec<VpcLink>, "Items" as "items";
    next_token: optional String, "NextToken" as "nextToken";
} }

structure! { ImportApiInput "ImportApiRequest" {
    basepath: optional String, "Basepath" as "basepath" .at(Location::Query);
    body: required String, "Body" as "body";
    fail_on_warnings: optional bool, "FailOnWarnings" as "failOnWarnings" .at(Location::Query);
} }

structure! { Integration "Integration" {
    api_gateway_managed: optional bool, "ApiGatewayManaged" as "apiGatewayManaged";
    connection_id: optional String, "ConnectionId" as "connectionId";
    connection_type: optional ConnectionType, "ConnectionType" as "connectionType" .one_of(ConnectionType::VALUES);
    content_handling_strategy: optional ContentHandlingStrategy, "ContentHandlingStrategy" as "contentHandlingStrategy" .one_of(ContentHandlingStrategy::VALUES);
    credentials_arn: optional String, "CredentialsArn" as "credentialsArn";
    description: optional String, "Description" as "description";
    integration_id: optional String, "IntegrationId" as "integrationId";
    integration_method: optional String, "IntegrationMethod" as "integrationMethod";
    integration_response_selection_expression: optional String, "IntegrationResponseSelectionExpression" as "integrationResponseSelectionExpression";
    integration_subtype: optional String, "IntegrationSubtype" as "integrationSubtype";
    integration_type: optional IntegrationType, "IntegrationType" as "integrationType" .one_of(IntegrationType::VALUES);
    integration_uri: optional String, "IntegrationUri" as "integrationUri";
    passthrough_behavior: optional PassthroughBehavior, "PassthroughBehavior" as "passthroughBehavior" .one_of(PassthroughBehavior::VALUES);
    payload_format_version: optional String, "PayloadFormatVersion" as "payloadFormatVersion";
    request_parameters: optional BTreeMap<String, String>, "RequestParameters" as "requestParameters";
    request_templates: optional BTreeMap<String, String>, "RequestTemplates" as "requestTemplates";
    response_parameters: optional BTreeMap<String, BTreeMap<String, String>>, "ResponseParameters" as "responseParameters";
    template_selection_expression: optional String, "TemplateSelectionExpression" as "templateSelectionExpression";
    timeout_in_millis: optional i32, "TimeoutInMillis" as "timeoutInMillis" .range(50, 30000);
    tls_config: optional TlsConfig, "TlsConfig" as "tlsConfig";
} }

structure! { IntegrationResponse "IntegrationResponse" {
    content_handling_strategy: optional ContentHandlingStrategy, "ContentHandlingStrategy" as "contentHandlingStrategy" .one_of(ContentHandlingStrategy::VALUES);
    integration_response_id: optional String, "IntegrationResponseId" as "integrationResponseId";
    integration_response_key: required String, "IntegrationResponseKey" as "integrationResponseKey";
    response_parameters: optional BTreeMap<String, String>, "ResponseParameters" as "responseParameters";
    response_templates: optional BTreeMap<String, String>, "ResponseTemplates" as "responseTemplates";
    template_selection_expression: optional String, "TemplateSelectionExpression" as "templateSelectionExpression";
} }

string_enum! { IntegrationType {
    Aws = "AWS",
    Http = "HTTP",
    Mock = "MOCK",
    HttpProxy = "HTTP_PROXY",
    AwsProxy = "AWS_PROXY",
} }

string_enum! { IpAddressType {
    Ipv4 = "ipv4",
    Dualstack = "dualstack",
} }

structure! { JWTConfiguration "JWTConfiguration" {
    audience: optional Vec<String>, "Audience" as "audience";
    issuer: optional String, "Issuer" as "issuer";
} }

string_enum! { LoggingLevel {
    Error = "ERROR",
    Info = "INFO",
    Off = "OFF",
} }

structure! { Model "Model" {
    content_type: optional String, "ContentType" as "contentType";
    description: optional String, "Description" as "description";
    model_id: optional String, "ModelId" as "modelId";
    name: required String, "Name" as "name";
    schema: optional String, "Schema" as "schema";
} }

structure! { MutualTlsAuthentication "MutualTlsAuthentication" {
    truststore_uri: optional String, "TruststoreUri" as "truststoreUri";
    truststore_version: optional String, "TruststoreVersion" as "truststoreVersion";
    truststore_warnings: optional Vec<String>, "TruststoreWarnings" as "truststoreWarnings";
} }

structure! { MutualTlsAuthenticationInput "MutualTlsAuthenticationInput" {
    truststore_uri: optional String, "TruststoreUri" as "truststoreUri";
    truststore_version: optional String, "TruststoreVersion" as "truststoreVersion";
} }

structure! { ParameterConstraints "ParameterConstraints" {
    required: optional bool, "Required" as "required";
} }

string_enum! { PassthroughBehavior {
    WhenNoMatch = "WHEN_NO_MATCH",
    Never = "NEVER",
    WhenNoTemplates = "WHEN_NO_TEMPLATES",
} }

string_enum! { ProtocolType {
    Websocket = "WEBSOCKET",
    Http = "HTTP",
} }

structure! { ReimportApiInput "ReimportApiRequest" {
    api_id: required String, "ApiId" as "apiId" .at(Location::Uri);
    basepath: optional String, "Basepath" as "basepath" .at(Location::Query);
    body: required String, "Body" as "body";
    fail_on_warnings: optional bool, "FailOnWarnings" as "failOnWarnings" .at(Location::Query);
} }

structure! { ResetAuthorizersCacheInput "ResetAuthorizersCacheRequest" {
    api_id: required String, "ApiId" as "apiId" .at(Location::Uri);
    stage_name: required String, "StageName" as "stageName" .at(Location::Uri);
} }

structure! { Route "Route" {
    api_gateway_managed: optional bool, "ApiGatewayManaged" as "apiGatewayManaged";
    api_key_required: optional bool, "ApiKeyRequired" as "apiKeyRequired";
    authorization_scopes: optional Vec<String>, "AuthorizationScopes" as "authorizationScopes";
    authorization_type: optional AuthorizationType, "AuthorizationType" as "authorizationType" .one_of(AuthorizationType::VALUES);
    authorizer_id: optional String, "AuthorizerId" as "authorizerId";
    model_selection_expression: optional String, "ModelSelectionExpression" as "modelSelectionExpression";
    operation_name: optional String, "OperationName" as "operationName";
    request_models: optional BTreeMap<String, String>, "RequestModels" as "requestModels";
    request_parameters: optional BTreeMap<String, ParameterConstraints>, "RequestParameters" as "requestParameters";
    route_id: optional String, "RouteId" as "routeId";
    route_key: required String, "RouteKey" as "routeKey";
    route_response_selection_expression: optional String, "RouteResponseSelectionExpression" as "routeResponseSelectionExpression";
    target: optional String, "Target" as "target";
} }

structure! { RouteResponse "RouteResponse" {
    model_selection_expression: optional String, "ModelSelectionExpression" as "modelSelectionExpression";
    response_models: optional BTreeMap<String, String>, "ResponseModels" as "responseModels";
    response_parameters: optional BTreeMap<String, ParameterConstraints>, "ResponseParameters" as "responseParameters";
    route_response_id: optional String, "RouteResponseId" as "routeResponseId";
    route_response_key: required String, "RouteResponseKey" as "routeResponseKey";
} }

structure! { RouteSettings "RouteSettings" {
    data_trace_enabled: optional bool, "DataTraceEnabled" as "dataTraceEnabled";
    detailed_metrics_enabled: optional bool, "DetailedMetricsEnabled" as "detailedMetricsEnabled";
    logging_level: optional LoggingLevel, "LoggingLevel" as "loggingLevel" .one_of(LoggingLevel::VALUES);
    throttling_burst_limit: optional i32, "ThrottlingBurstLimit" as "throttlingBurstLimit";
    throttling_rate_limit: optional f64, "ThrottlingRateLimit" as "throttlingRateLimit";
} }

string_enum! { RoutingMode {
    ApiMappingOnly = "API_MAPPING_ONLY",
    RoutingRuleOnly = "ROUTING_RULE_ONLY",
    RoutingRuleThenApiMapping = "ROUTING_RULE_THEN_API_MAPPING",
} }

string_enum! { SecurityPolicy {
    Tls10 = "TLS_1_0",
    Tls12 = "TLS_1_2",
} }

structure! { Stage "Stage" {
    access_log_settings: optional AccessLogSettings, "AccessLogSettings" as "accessLogSettings";
    api_gateway_managed: optional bool, "ApiGatewayManaged" as "apiGatewayManaged";
    auto_deploy: optional bool, "AutoDeploy" as "autoDeploy";
    client_certificate_id: optional String, "ClientCertificateId" as "clientCertificateId";
    created_date: optional Timestamp, "CreatedDate" as "createdDate" .timestamp(TimestampFormat::Iso8601);
    default_route_settings: optional RouteSettings, "DefaultRouteSettings" as "defaultRouteSettings";
    deployment_id: optional String, "DeploymentId" as "deploymentId";
    description: optional String, "Description" as "description";
    last_deployment_status_message: optional String, "LastDeploymentStatusMessage" as "lastDeploymentStatusMessage";
    last_updated_date: optional Timestamp, "LastUpdatedDate" as "lastUpdatedDate" .timestamp(TimestampFormat::Iso8601);
    route_settings: optional BTreeMap<String, RouteSettings>, "RouteSettings" as "routeSettings";
    stage_name: required String, "StageName" as "stageName";
    stage_variables: optional BTreeMap<String, String>, "StageVariables" as "stageVariables";
    tags: optional BTreeMap<String, String>, "Tags" as "tags";
} }

structure! { TagResourceInput "TagResourceRequest" {
    resource_arn: required String, "ResourceArn" as "resource-arn" .at(Location::Uri);
    tags: optional BTreeMap<String, String>, "Tags" as "tags";
} }

structure! { TagResourceOutput "TagResourceResponse" {
} }

structure! { TlsConfig "TlsConfig" {
    server_name_to_verify: optional String, "ServerNameToVerify" as "serverNameToVerify";
} }

structure! { TlsConfigInput "TlsConfigInput" {
    server_name_to_verify: optional String, "ServerNameToVerify" as "serverNameToVerify";
} }

structure! { UntagResourceInput "UntagResourceRequest" {
    resource_arn: required String, "ResourceArn" as "resource-arn" .at(Location::Uri);
    tag_keys: required Vec<String>, "TagKeys" as "tagKeys" .at(Location::Query);
} }

structure! { UpdateApiMappingInput "UpdateApiMappingRequest" {
    api_id: required String, "ApiId" as "apiId";
    api_mapping_id: required String, "ApiMappingId" as "apiMappingId" .at(Location::Uri);
    api_mapping_key: optional String, "ApiMappingKey" as "apiMappingKey";
    domain_name: required String, "DomainName" as "domainName" .at(Location::Uri);
    stage: optional String, "Stage" as "stage";
} }

structure! { UpdateApiInput "UpdateApiRequest" {
    api_id: required String, "ApiId" as "apiId" .at(Location::Uri);
    api_key_selection_expression: optional String, "ApiKeySelectionExpression" as "apiKeySelectionExpression";
    cors_configuration: optional Cors, "CorsConfiguration" as "corsConfiguration";
    credentials_arn: optional String, "CredentialsArn" as "credentialsArn";
    description: optional String, "Description" as "description";
    disable_schema_validation: optional bool, "DisableSchemaValidation" as "disableSchemaValidation";
    disable_execute_api_endpoint: optional bool, "DisableExecuteApiEndpoint" as "disableExecuteApiEndpoint";
    ip_address_type: optional IpAddressType, "IpAddressType" as "ipAddressType" .one_of(IpAddressType::VALUES);
    name: optional String, "Name" as "name";
    route_key: optional String, "RouteKey" as "routeKey";
    route_selection_expression: optional String, "RouteSelectionExpression" as "routeSelectionExpression";
    target: optional String, "Target" as "target";
    version: optional String, "Version" as "version";
} }

structure! { UpdateAuthorizerInput "UpdateAuthorizerRequest" {
    api_id: required String, "ApiId" as "apiId" .at(Location::Uri);
    authorizer_credentials_arn: optional String, "AuthorizerCredentialsArn" as "authorizerCredentialsArn";
    authorizer_id: required String, "AuthorizerId" as "authorizerId" .at(Location::Uri);
    authorizer_payload_format_version: optional String, "AuthorizerPayloadFormatVersion" as "authorizerPayloadFormatVersion";
    authorizer_result_ttl_in_seconds: optional i32, "AuthorizerResultTtlInSeconds" as "authorizerResultTtlInSeconds";
    authorizer_type: optional AuthorizerType, "AuthorizerType" as "authorizerType";
    authorizer_uri: optional String, "AuthorizerUri" as "authorizerUri";
    enable_simple_responses: optional bool, "EnableSimpleResponses" as "enableSimpleResponses";
    identity_source: optional Vec<String>, "IdentitySource" as "identitySource";
    identity_validation_expression: optional String, "IdentityValidationExpression" as "identityValidationExpression";
    jwt_configuration: optional JWTConfiguration, "JwtConfiguration" as "jwtConfiguration";
    name: optional String, "Name" as "name";
} }

structure! { UpdateDeploymentInput "UpdateDeploymentRequest" {
    api_id: required String, "ApiId" as "apiId" .at(Location::Uri);
    deployment_id: required String, "DeploymentId" as "deploymentId" .at(Location::Uri);
    description: optional String, "Description" as "description";
} }

structure! { UpdateDomainNameInput "UpdateDomainNameRequest" {
    domain_name: required String, "DomainName" as "domainName" .at(Location::Uri);
    domain_name_configurations: optional Vec<DomainNameConfiguration>, "DomainNameConfigurations" as "domainNameConfigurations";
    mutual_tls_authentication: optional MutualTlsAuthenticationInput, "MutualTlsAuthentication" as "mutualTlsAuthentication";
    routing_mode: optional RoutingMode, "RoutingMode" as "routingMode" .one_of(RoutingMode::VALUES);
} }

structure! { UpdateIntegrationInput "UpdateIntegrationRequest" {
    api_id: required String, "ApiId" as "apiId" .at(Location::Uri);
    connection_id: optional String, "ConnectionId" as "connectionId";
    connection_type: optional ConnectionType, "ConnectionType" as "connectionType" .one_of(ConnectionType::VALUES);
    content_handling_strategy: optional ContentHandlingStrategy, "ContentHandlingStrategy" as "contentHandlingStrategy" .one_of(ContentHandlingStrategy::VALUES);
    credentials_arn: optional String, "CredentialsArn" as "credentialsArn";
    description: optional String, "Description" as "description";
    integration_id: required String, "IntegrationId" as "integrationId" .at(Location::Uri);
    integration_method: optional String, "IntegrationMethod" as "integrationMethod";
    integration_subtype: optional String, "IntegrationSubtype" as "integrationSubtype";
    integration_type: optional IntegrationType, "IntegrationType" as "integrationType" .one_of(IntegrationType::VALUES);
    integration_uri: optional String, "IntegrationUri" as "integrationUri";
    passthrough_behavior: optional PassthroughBehavior, "PassthroughBehavior" as "passthroughBehavior" .one_of(PassthroughBehavior::VALUES);
    payload_format_version: optional String, "PayloadFormatVersion" as "payloadFormatVersion";
    request_parameters: optional BTreeMap<String, String>, "RequestParameters" as "requestParameters";
    request_templates: optional BTreeMap<String, String>, "RequestTemplates" as "requestTemplates";
    response_parameters: optional BTreeMap<String, BTreeMap<String, String>>, "ResponseParameters" as "responseParameters";
    template_selection_expression: optional String, "TemplateSelectionExpression" as "templateSelectionExpression";
    timeout_in_millis: optional i32, "TimeoutInMillis" as "timeoutInMillis" .range(50, 30000);
    tls_config: optional TlsConfigInput, "TlsConfig" as "tlsConfig";
} }

structure! { UpdateIntegrationResponseInput "UpdateIntegrationResponseRequest" {
    api_id: required String, "ApiId" as "apiId" .at(Location::Uri);
    content_handling_strategy: optional ContentHandlingStrategy, "ContentHandlingStrategy" as "contentHandlingStrategy" .one_of(ContentHandlingStrategy::VALUES);
    integration_id: required String, "IntegrationId" as "integrationId" .at(Location::Uri);
    integration_response_id: required String, "IntegrationResponseId" as "integrationResponseId" .at(Location::Uri);
    integration_response_key: optional String, "IntegrationResponseKey" as "integrationResponseKey";
    response_parameters: optional BTreeMap<String, String>, "ResponseParameters" as "responseParameters";
    response_templates: optional BTreeMap<String, String>, "ResponseTemplates" as "responseTemplates";
    template_selection_expression: optional String, "TemplateSelectionExpression" as "templateSelectionExpression";
} }

structure! { UpdateModelInput "UpdateModelRequest" {
    api_id: required String, "ApiId" as "apiId" .at(Location::Uri);
    content_type: optional String, "ContentType" as "contentType";
    description: optional String, "Description" as "description";
    model_id: required String, "ModelId" as "modelId" .at(Location::Uri);
    name: optional String, "Name" as "name";
    schema: optional String, "Schema" as "schema";
} }

structure! { UpdateRouteInput "UpdateRouteRequest" {
    api_id: required String, "ApiId" as "apiId" .at(Location::Uri);
    api_key_required: optional bool, "ApiKeyRequired" as "apiKeyRequired";
    authorization_scopes: optional Vec<String>, "AuthorizationScopes" as "authorizationScopes";
    authorization_type: optional AuthorizationType, "AuthorizationType" as "authorizationType" .one_of(AuthorizationType::VALUES);
    authorizer_id: optional String, "AuthorizerId" as "authorizerId";
    model_selection_expression: optional String, "ModelSelectionExpression" as "modelSelectionExpression";
    operation_name: optional String, "OperationName" as "operationName";
    request_models: optional BTreeMap<String, String>, "RequestModels" as "requestModels";
    request_parameters: optional BTreeMap<String, ParameterConstraints>, "RequestParameters" as "requestParameters";
    route_id: required String, "RouteId" as "routeId" .at(Location::Uri);
    route_key: optional String, "RouteKey" as "routeKey";
    route_response_selection_expression: optional String, "RouteResponseSelectionExpression" as "routeResponseSelectionExpression";
    target: optional String, "Target" as "target";
} }

structure! { UpdateRouteResponseInput "UpdateRouteResponseRequest" {
    api_id: required String, "ApiId" as "apiId" .at(Location::Uri);
    model_selection_expression: optional String, "ModelSelectionExpression" as "modelSelectionExpression";
    response_models: optional BTreeMap<String, String>, "ResponseModels" as "responseModels";
    response_parameters: optional BTreeMap<String, ParameterConstraints>, "ResponseParameters" as "responseParameters";
    route_id: required String, "RouteId" as "routeId" .at(Location::Uri);
    route_response_id: required String, "RouteResponseId" as "routeResponseId" .at(Location::Uri);
    route_response_key: optional String, "RouteResponseKey" as "routeResponseKey";
} }

structure! { UpdateStageInput "UpdateStageRequest" {
    access_log_settings: optional AccessLogSettings, "AccessLogSettings" as "accessLogSettings";
    api_id: required String, "ApiId" as "apiId" .at(Location::Uri);
    auto_deploy: optional bool, "AutoDeploy" as "autoDeploy";
    client_certificate_id: optional String, "ClientCertificateId" as "clientCertificateId";
    default_route_settings: optional RouteSettings, "DefaultRouteSettings" as "defaultRouteSettings";
    deployment_id: optional String, "DeploymentId" as "deploymentId";
    description: optional String, "Description" as "description";
    route_settings: optional BTreeMap<String, RouteSettings>, "RouteSettings" as "routeSettings";
    stage_name: required String, "StageName" as "stageName" .at(Location::Uri);
    stage_variables: optional BTreeMap<String, String>, "StageVariables" as "stageVariables";
} }

structure! { UpdateVpcLinkInput "UpdateVpcLinkRequest" {
    name: optional String, "Name" as "name";
    vpc_link_id: required String, "VpcLinkId" as "vpcLinkId" .at(Location::Uri);
} }

structure! { VpcLink "VpcLink" {
    created_date: optional Timestamp, "CreatedDate" as "createdDate" .timestamp(TimestampFormat::Iso8601);
    name: required String, "Name" as "name";
    security_group_ids: required Vec<String>, "SecurityGroupIds" as "securityGroupIds";
    subnet_ids: required Vec<String>, "SubnetIds" as "subnetIds";
    tags: optional BTreeMap<String, String>, "Tags" as "tags";
    vpc_link_id: required String, "VpcLinkId" as "vpcLinkId";
    vpc_link_status: optional VpcLinkStatus, "VpcLinkStatus" as "vpcLinkStatus" .one_of(VpcLinkStatus::VALUES);
    vpc_link_status_message: optional String, "VpcLinkStatusMessage" as "vpcLinkStatusMessage";
    vpc_link_version: optional VpcLinkVersion, "VpcLinkVersion" as "vpcLinkVersion" .one_of(VpcLinkVersion::VALUES);
} }

string_enum! { VpcLinkStatus {
    Pending = "PENDING",
    Available = "AVAILABLE",
    Deleting = "DELETING",
    Failed = "FAILED",
    Inactive = "INACTIVE",
} }

string_enum! { VpcLinkVersion {
    V2 = "V2",
} }
