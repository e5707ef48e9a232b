//! `cloudcontrol`, version 2021-09-30: shapes and operations.
//!
//! Written by `cargo xtask codegen` from the service's model; do not edit.

use landline_wire::{Protocol, service, structure};

service! { cloudcontrol signed "cloudcontrolapi" speaks Protocol::Json { content_version: "1.0", target_prefix: "CloudApiService" }, validates "ValidationException";
    errors {
        AlreadyExistsException "AlreadyExistsException" 400 "Message",
        GeneralServiceException "GeneralServiceException" 400 "Message",
        HandlerFailureException "HandlerFailureException" 500 "Message",
        HandlerInternalFailureException "HandlerInternalFailureException" 500 "Message",
        InvalidCredentialsException "InvalidCredentialsException" 400 "Message",
        InvalidRequestException "InvalidRequestException" 400 "Message",
        NetworkFailureException "NetworkFailureException" 500 "Message",
        NotStabilizedException "NotStabilizedException" 400 "Message",
        NotUpdatableException "NotUpdatableException" 400 "Message",
        PrivateTypeException "PrivateTypeException" 400 "Message",
        ResourceConflictException "ResourceConflictException" 400 "Message",
        ResourceNotFoundException "ResourceNotFoundException" 400 "Message",
        ServiceInternalErrorException "ServiceInternalErrorException" 500 "Message",
        ServiceLimitExceededException "ServiceLimitExceededException" 400 "Message",
        ThrottlingException "ThrottlingException" 400 "Message",
        TypeNotFoundException "TypeNotFoundException" 400 "Message",
        UnsupportedActionException "UnsupportedActionException" 400 "Message",
    }
    operations {
        POST "/" => GetResource(GetResourceInput) -> 200 GetResourceOutput;
    }
}

structure! { GetResourceInput "GetResourceInput" {
    type_name: required String, "TypeName" as "TypeName" .length(10, 196) .pattern("[A-Za-z0-9]{2,64}::[A-Za-z0-9]{2,64}::[A-Za-z0-9]{2,64}");
    type_version_id: optional String, "TypeVersionId" as "TypeVersionId" .length(1, 128) .pattern("[A-Za-z0-9-]+");
    role_arn: optional String, "RoleArn" as "RoleArn" .length(20, 2048) .pattern("arn:.+:iam::[0-9]{12}:role/.+");
    identifier: required String, "Identifier" as "Identifier" .length(1, 1024) .pattern(".+");
} }

structure! { GetResourceOutput "GetResourceOutput" {
    type_name: optional String, "TypeName" as "TypeName" .length(10, 196) .pattern("[A-Za-z0-9]{2,64}::[A-Za-z0-9]{2,64}::[A-Za-z0-9]{2,64}");
    resource_description: optional ResourceDescription, "ResourceDescription" as "ResourceDescription";
} }

structure! { ResourceDescription "ResourceDescription" {
    identifier: optional String, "Identifier" as "Identifier" .length(1, 1024) .pattern(".+");
    properties: optional String, "Properties" as "Properties" .length(1, 262144);
} }
