//! `iam`, version 2010-05-08: shapes and operations.
//!
//! Written by `cargo xtask codegen` from the service's model; do not edit.

use std::collections::BTreeMap;

use landline_wire::{Protocol, Timestamp, service, shape::Unit, string_enum, structure};

service! { iam signed "iam" speaks Protocol::Query { version: "2010-05-08", xml_namespace: "https://iam.amazonaws.com/doc/2010-05-08/" }, validates "ValidationError";
    errors {
        ConcurrentModificationException "ConcurrentModification" 409 "message",
        DeleteConflictException "DeleteConflict" 409 "message",
        EntityAlreadyExistsException "EntityAlreadyExists" 409 "message",
        InvalidInputException "InvalidInput" 400 "message",
        LimitExceededException "LimitExceeded" 409 "message",
        MalformedPolicyDocumentException "MalformedPolicyDocument" 400 "message",
        NoSuchEntityException "NoSuchEntity" 404 "message",
        PolicyEvaluationException "PolicyEvaluation" 500 "message",
        PolicyNotAttachableException "PolicyNotAttachable" 400 "message",
        ServiceFailureException "ServiceFailure" 500 "message",
        UnmodifiableEntityException "UnmodifiableEntity" 400 "message",
    }
    operations {
        POST "/" => CreateRole(CreateRoleInput) -> 200 CreateRoleOutput, wrapped "CreateRoleResult";
        POST "/" => GetRole(GetRoleInput) -> 200 GetRoleOutput, wrapped "GetRoleResult";
        POST "/" => DeleteRole(DeleteRoleInput) -> 200 Unit;
        POST "/" => ListRoles(ListRolesInput) -> 200 ListRolesOutput, wrapped "ListRolesResult";
        POST "/" => UpdateRole(UpdateRoleInput) -> 200 UpdateRoleOutput, wrapped "UpdateRoleResult";
        POST "/" => UpdateRoleDescription(UpdateRoleDescriptionInput) -> 200 UpdateRoleDescriptionOutput, wrapped "UpdateRoleDescriptionResult";
        POST "/" => UpdateAssumeRolePolicy(UpdateAssumeRolePolicyInput) -> 200 Unit;
        POST "/" => PutRolePolicy(PutRolePolicyInput) -> 200 Unit;
        POST "/" => GetRolePolicy(GetRolePolicyInput) -> 200 GetRolePolicyOutput, wrapped "GetRolePolicyResult";
        POST "/" => DeleteRolePolicy(DeleteRolePolicyInput) -> 200 Unit;
        POST "/" => ListRolePolicies(ListRolePoliciesInput) -> 200 ListRolePoliciesOutput, wrapped "ListRolePoliciesResult";
        POST "/" => AttachRolePolicy(AttachRolePolicyInput) -> 200 Unit;
        POST "/" => DetachRolePolicy(DetachRolePolicyInput) -> 200 Unit;
        POST "/" => ListAttachedRolePolicies(ListAttachedRolePoliciesInput) -> 200 ListAttachedRolePoliciesOutput, wrapped "ListAttachedRolePoliciesResult";
        POST "/" => TagRole(TagRoleInput) -> 200 Unit;
        POST "/" => UntagRole(UntagRoleInput) -> 200 Unit;
        POST "/" => ListRoleTags(ListRoleTagsInput) -> 200 ListRoleTagsOutput, wrapped "ListRoleTagsResult";
        POST "/" => ListInstanceProfilesForRole(ListInstanceProfilesForRoleInput) -> 200 ListInstanceProfilesForRoleOutput, wrapped "ListInstanceProfilesForRoleResult";
        POST "/" => GetUser(GetUserInput) -> 200 GetUserOutput, wrapped "GetUserResult";
        POST "/" => CreateUser(CreateUserInput) -> 200 CreateUserOutput, wrapped "CreateUserResult";
        POST "/" => ListUsers(ListUsersInput) -> 200 ListUsersOutput, wrapped "ListUsersResult";
        POST "/" => DeleteUser(DeleteUserInput) -> 200 Unit;
        POST "/" => TagUser(TagUserInput) -> 200 Unit;
        POST "/" => UntagUser(UntagUserInput) -> 200 Unit;
        POST "/" => ListUserTags(ListUserTagsInput) -> 200 ListUserTagsOutput, wrapped "ListUserTagsResult";
        POST "/" => CreateAccessKey(CreateAccessKeyInput) -> 200 CreateAccessKeyOutput, wrapped "CreateAccessKeyResult";
        POST "/" => ListAccessKeys(ListAccessKeysInput) -> 200 ListAccessKeysOutput, wrapped "ListAccessKeysResult";
        POST "/" => UpdateAccessKey(UpdateAccessKeyInput) -> 200 Unit;
        POST "/" => DeleteAccessKey(DeleteAccessKeyInput) -> 200 Unit;
        POST "/" => PutUserPolicy(PutUserPolicyInput) -> 200 Unit;
        POST "/" => GetUserPolicy(GetUserPolicyInput) -> 200 GetUserPolicyOutput, wrapped "GetUserPolicyResult";
        POST "/" => DeleteUserPolicy(DeleteUserPolicyInput) -> 200 Unit;
        POST "/" => ListUserPolicies(ListUserPoliciesInput) -> 200 ListUserPoliciesOutput, wrapped "ListUserPoliciesResult";
        POST "/" => AttachUserPolicy(AttachUserPolicyInput) -> 200 Unit;
        POST "/" => DetachUserPolicy(DetachUserPolicyInput) -> 200 Unit;
        POST "/" => ListAttachedUserPolicies(ListAttachedUserPoliciesInput) -> 200 ListAttachedUserPoliciesOutput, wrapped "ListAttachedUserPoliciesResult";
        POST "/" => CreateGroup(CreateGroupInput) -> 200 CreateGroupOutput, wrapped "CreateGroupResult";
        POST "/" => GetGroup(GetGroupInput) -> 200 GetGroupOutput, wrapped "GetGroupResult";
        POST "/" => ListGroups(ListGroupsInput) -> 200 ListGroupsOutput, wrapped "ListGroupsResult";
        POST "/" => DeleteGroup(DeleteGroupInput) -> 200 Unit;
        POST "/" => AddUserToGroup(AddUserToGroupInput) -> 200 Unit;
        POST "/" => RemoveUserFromGroup(RemoveUserFromGroupInput) -> 200 Unit;
        POST "/" => ListGroupsForUser(ListGroupsForUserInput) -> 200 ListGroupsForUserOutput, wrapped "ListGroupsForUserResult";
        POST "/" => PutGroupPolicy(PutGroupPolicyInput) -> 200 Unit;
        POST "/" => GetGroupPolicy(GetGroupPolicyInput) -> 200 GetGroupPolicyOutput, wrapped "GetGroupPolicyResult";
        POST "/" => DeleteGroupPolicy(DeleteGroupPolicyInput) -> 200 Unit;
        POST "/" => ListGroupPolicies(ListGroupPoliciesInput) -> 200 ListGroupPoliciesOutput, wrapped "ListGroupPoliciesResult";
        POST "/" => AttachGroupPolicy(AttachGroupPolicyInput) -> 200 Unit;
        POST "/" => DetachGroupPolicy(DetachGroupPolicyInput) -> 200 Unit;
        POST "/" => ListAttachedGroupPolicies(ListAttachedGroupPoliciesInput) -> 200 ListAttachedGroupPoliciesOutput, wrapped "ListAttachedGroupPoliciesResult";
        POST "/" => SimulatePrincipalPolicy(SimulatePrincipalPolicyInput) -> 200 SimulatePrincipalPolicyOutput, wrapped "SimulatePrincipalPolicyResult";
        POST "/" => CreatePolicy(CreatePolicyInput) -> 200 CreatePolicyOutput, wrapped "CreatePolicyResult";
        POST "/" => GetPolicy(GetPolicyInput) -> 200 GetPolicyOutput, wrapped "GetPolicyResult";
        POST "/" => DeletePolicy(DeletePolicyInput) -> 200 Unit;
        POST "/" => ListPolicies(ListPoliciesInput) -> 200 ListPoliciesOutput, wrapped "ListPoliciesResult";
        POST "/" => CreatePolicyVersion(CreatePolicyVersionInput) -> 200 CreatePolicyVersionOutput, wrapped "CreatePolicyVersionResult";
        POST "/" => GetPolicyVersion(GetPolicyVersionInput) -> 200 GetPolicyVersionOutput, wrapped "GetPolicyVersionResult";
        POST "/" => DeletePolicyVersion(DeletePolicyVersionInput) -> 200 Unit;
        POST "/" => ListPolicyVersions(ListPolicyVersionsInput) -> 200 ListPolicyVersionsOutput, wrapped "ListPolicyVersionsResult";
        POST "/" => SetDefaultPolicyVersion(SetDefaultPolicyVersionInput) -> 200 Unit;
        POST "/" => ListEntitiesForPolicy(ListEntitiesForPolicyInput) -> 200 ListEntitiesForPolicyOutput, wrapped "ListEntitiesForPolicyResult";
        POST "/" => TagPolicy(TagPolicyInput) -> 200 Unit;
        POST "/" => UntagPolicy(UntagPolicyInput) -> 200 Unit;
        POST "/" => ListPolicyTags(ListPolicyTagsInput) -> 200 ListPolicyTagsOutput, wrapped "ListPolicyTagsResult";
        POST "/" => PutRolePermissionsBoundary(PutRolePermissionsBoundaryInput) -> 200 Unit;
        POST "/" => DeleteRolePermissionsBoundary(DeleteRolePermissionsBoundaryInput) -> 200 Unit;
        POST "/" => PutUserPermissionsBoundary(PutUserPermissionsBoundaryInput) -> 200 Unit;
        POST "/" => DeleteUserPermissionsBoundary(DeleteUserPermissionsBoundaryInput) -> 200 Unit;
    }
}

structure! { AccessKey "AccessKey" {
    user_name: required String, "UserName" as "UserName" .length(1, 64) .pattern("[\\w+=,.@-]+");
    access_key_id: required String, "AccessKeyId" as "AccessKeyId" .length(16, 128) .pattern("[\\w]+");
    status: required StatusType, "Status" as "Status" .one_of(StatusType::VALUES);
    secret_access_key: required String, "SecretAccessKey" as "SecretAccessKey";
    create_date: optional Timestamp, "CreateDate" as "CreateDate";
} }

structure! { AccessKeyMetadata "AccessKeyMetadata" {
    user_name: optional String, "UserName" as "UserName" .length(1, 64) .pattern("[\\w+=,.@-]+");
    access_key_id: optional String, "AccessKeyId" as "AccessKeyId" .length(16, 128) .pattern("[\\w]+");
    status: optional StatusType, "Status" as "Status" .one_of(StatusType::VALUES);
    create_date: optional Timestamp, "CreateDate" as "CreateDate";
} }

structure! { AddUserToGroupInput "AddUserToGroupRequest" {
    group_name: required String, "GroupName" as "GroupName" .length(1, 128) .pattern("[\\w+=,.@-]+");
    user_name: required String, "UserName" as "UserName" .length(1, 128) .pattern("[\\w+=,.@-]+");
} }

structure! { AttachGroupPolicyInput "AttachGroupPolicyRequest" {
    group_name: required String, "GroupName" as "GroupName" .length(1, 128) .pattern("[\\w+=,.@-]+");
    policy_arn: required String, "PolicyArn" as "PolicyArn" .length(20, 2048);
} }

structure! { AttachRolePolicyInput "AttachRolePolicyRequest" {
    role_name: required String, "RoleName" as "RoleName" .length(1, 64) .pattern("[\\w+=,.@-]+");
    policy_arn: required String, "PolicyArn" as "PolicyArn" .length(20, 2048);
} }

structure! { AttachUserPolicyInput "AttachUserPolicyRequest" {
    user_name: required String, "UserName" as "UserName" .length(1, 64) .pattern("[\\w+=,.@-]+");
    policy_arn: required String, "PolicyArn" as "PolicyArn" .length(20, 2048);
} }

structure! { AttachedPermissionsBoundary "AttachedPermissionsBoundary" {
    permissions_boundary_type: optional PermissionsBoundaryAttachmentType, "PermissionsBoundaryType" as "PermissionsBoundaryType" .one_of(PermissionsBoundaryAttachmentType::VALUES);
    permissions_boundary_arn: optional String, "PermissionsBoundaryArn" as "PermissionsBoundaryArn" .length(20, 2048);
} }

structure! { AttachedPolicy "AttachedPolicy" {
    policy_name: optional String, "PolicyName" as "PolicyName" .length(1, 128) .pattern("[\\w+=,.@-]+");
    policy_arn: optional String, "PolicyArn" as "PolicyArn" .length(20, 2048);
} }

structure! { ContextEntry "ContextEntry" {
    context_key_name: optional String, "ContextKeyName" as "ContextKeyName" .length(5, 256);
    context_key_values: optional Vec<String>, "ContextKeyValues" as "ContextKeyValues";
    context_key_type: optional ContextKeyTypeEnum, "ContextKeyType" as "ContextKeyType" .one_of(ContextKeyTypeEnum::VALUES);
} }

string_enum! { ContextKeyTypeEnum {
    String = "string",
    StringList = "stringList",
    Numeric = "numeric",
    NumericList = "numericList",
    Boolean = "boolean",
    BooleanList = "booleanList",
    Ip = "ip",
    IpList = "ipList",
    Binary = "binary",
    BinaryList = "binaryList",
    Date = "date",
    DateList = "dateList",
} }

structure! { CreateAccessKeyInput "CreateAccessKeyRequest" {
    user_name: optional String, "UserName" as "UserName" .length(1, 128) .pattern("[\\w+=,.@-]+");
} }

structure! { CreateAccessKeyOutput "CreateAccessKeyResponse" {
    access_key: required AccessKey, "AccessKey" as "AccessKey";
} }

structure! { CreateGroupInput "CreateGroupRequest" {
    path: optional String, "Path" as "Path" .length(1, 512) .pattern("(\\u002F)|(\\u002F[\\u0021-\\u007E]+\\u002F)");
    group_name: required String, "GroupName" as "GroupName" .length(1, 128) .pattern("[\\w+=,.@-]+");
} }

structure! { CreateGroupOutput "CreateGroupResponse" {
    group: required Group, "Group" as "Group";
} }

structure! { CreatePolicyInput "CreatePolicyRequest" {
    policy_name: required String, "PolicyName" as "PolicyName" .length(1, 128) .pattern("[\\w+=,.@-]+");
    path: optional String, "Path" as "Path" .length(1, 512) .pattern("((/[A-Za-z0-9\\.,\\+@=_-]+)*)/");
    policy_document: required String, "PolicyDocument" as "PolicyDocument" .length(1, 131072) .pattern("[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+");
    description: optional String, "Description" as "Description" .length(0, 1000);
    tags: optional Vec<Tag>, "Tags" as "Tags" .length(0, 50);
} }

structure! { CreatePolicyOutput "CreatePolicyResponse" {
    policy: optional Policy, "Policy" as "Policy";
} }

structure! { CreatePolicyVersionInput "CreatePolicyVersionRequest" {
    policy_arn: required String, "PolicyArn" as "PolicyArn" .length(20, 2048);
    policy_document: required String, "PolicyDocument" as "PolicyDocument" .length(1, 131072) .pattern("[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+");
    set_as_default: optional bool, "SetAsDefault" as "SetAsDefault";
} }

structure! { CreatePolicyVersionOutput "CreatePolicyVersionResponse" {
    policy_version: optional PolicyVersion, "PolicyVersion" as "PolicyVersion";
} }

structure! { CreateRoleInput "CreateRoleRequest" {
    path: optional String, "Path" as "Path" .length(1, 512) .pattern("(\\u002F)|(\\u002F[\\u0021-\\u007E]+\\u002F)");
    role_name: required String, "RoleName" as "RoleName" .length(1, 64) .pattern("[\\w+=,.@-]+");
    assume_role_policy_document: required String, "AssumeRolePolicyDocument" as "AssumeRolePolicyDocument" .length(1, 131072) .pattern("[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+");
    description: optional String, "Description" as "Description" .length(0, 1000) .pattern("[\\u0009\\u000A\\u000D\\u0020-\\u007E\\u00A1-\\u00FF]*");
    max_session_duration: optional i32, "MaxSessionDuration" as "MaxSessionDuration" .range(3600, 43200);
    permissions_boundary: optional String, "PermissionsBoundary" as "PermissionsBoundary" .length(20, 2048);
    tags: optional Vec<Tag>, "Tags" as "Tags" .length(0, 50);
} }

structure! { CreateRoleOutput "CreateRoleResponse" {
    role: required Role, "Role" as "Role";
} }

structure! { CreateUserInput "CreateUserRequest" {
    path: optional String, "Path" as "Path" .length(1, 512) .pattern("(\\u002F)|(\\u002F[\\u0021-\\u007E]+\\u002F)");
    user_name: required String, "UserName" as "UserName" .length(1, 64) .pattern("[\\w+=,.@-]+");
    permissions_boundary: optional String, "PermissionsBoundary" as "PermissionsBoundary" .length(20, 2048);
    tags: optional Vec<Tag>, "Tags" as "Tags" .length(0, 50);
} }

structure! { CreateUserOutput "CreateUserResponse" {
    user: optional User, "User" as "User";
} }

structure! { DeleteAccessKeyInput "DeleteAccessKeyRequest" {
    user_name: optional String, "UserName" as "UserName" .length(1, 128) .pattern("[\\w+=,.@-]+");
    access_key_id: required String, "AccessKeyId" as "AccessKeyId" .length(16, 128) .pattern("[\\w]+");
} }

structure! { DeleteGroupPolicyInput "DeleteGroupPolicyRequest" {
    group_name: required String, "GroupName" as "GroupName" .length(1, 128) .pattern("[\\w+=,.@-]+");
    policy_name: required String, "PolicyName" as "PolicyName" .length(1, 128) .pattern("[\\w+=,.@-]+");
} }

structure! { DeleteGroupInput "DeleteGroupRequest" {
    group_name: required String, "GroupName" as "GroupName" .length(1, 128) .pattern("[\\w+=,.@-]+");
} }

structure! { DeletePolicyInput "DeletePolicyRequest" {
    policy_arn: required String, "PolicyArn" as "PolicyArn" .length(20, 2048);
} }

structure! { DeletePolicyVersionInput "DeletePolicyVersionRequest" {
    policy_arn: required String, "PolicyArn" as "PolicyArn" .length(20, 2048);
    version_id: required String, "VersionId" as "VersionId" .pattern("v[1-9][0-9]*(\\.[A-Za-z0-9-]*)?");
} }

structure! { DeleteRolePermissionsBoundaryInput "DeleteRolePermissionsBoundaryRequest" {
    role_name: required String, "RoleName" as "RoleName" .length(1, 64) .pattern("[\\w+=,.@-]+");
} }

structure! { DeleteRolePolicyInput "DeleteRolePolicyRequest" {
    role_name: required String, "RoleName" as "RoleName" .length(1, 64) .pattern("[\\w+=,.@-]+");
    policy_name: required String, "PolicyName" as "PolicyName" .length(1, 128) .pattern("[\\w+=,.@-]+");
} }

structure! { DeleteRoleInput "DeleteRoleRequest" {
    role_name: required String, "RoleName" as "RoleName" .length(1, 64) .pattern("[\\w+=,.@-]+");
} }

structure! { DeleteUserPermissionsBoundaryInput "DeleteUserPermissionsBoundaryRequest" {
    user_name: required String, "UserName" as "UserName" .length(1, 64) .pattern("[\\w+=,.@-]+");
} }

structure! { DeleteUserPolicyInput "DeleteUserPolicyRequest" {
    user_name: required String, "UserName" as "UserName" .length(1, 128) .pattern("[\\w+=,.@-]+");
    policy_name: required String, "PolicyName" as "PolicyName" .length(1, 128) .pattern("[\\w+=,.@-]+");
} }

structure! { DeleteUserInput "DeleteUserRequest" {
    user_name: required String, "UserName" as "UserName" .length(1, 128) .pattern("[\\w+=,.@-]+");
} }

structure! { DetachGroupPolicyInput "DetachGroupPolicyRequest" {
    group_name: required String, "GroupName" as "GroupName" .length(1, 128) .pattern("[\\w+=,.@-]+");
    policy_arn: required String, "PolicyArn" as "PolicyArn" .length(20, 2048);
} }

structure! { DetachRolePolicyInput "DetachRolePolicyRequest" {
    role_name: required String, "RoleName" as "RoleName" .length(1, 64) .pattern("[\\w+=,.@-]+");
    policy_arn: required String, "PolicyArn" as "PolicyArn" .length(20, 2048);
} }

structure! { DetachUserPolicyInput "DetachUserPolicyRequest" {
    user_name: required String, "UserName" as "UserName" .length(1, 64) .pattern("[\\w+=,.@-]+");
    policy_arn: required String, "PolicyArn" as "PolicyArn" .length(20, 2048);
} }

string_enum! { EntityType {
    User = "User",
    Role = "Role",
    Group = "Group",
    LocalManagedPolicy = "LocalManagedPolicy",
    AWSManagedPolicy = "AWSManagedPolicy",
} }

structure! { EvaluationResult "EvaluationResult" {
    eval_action_name: required String, "EvalActionName" as "EvalActionName" .length(3, 128);
    eval_resource_name: optional String, "EvalResourceName" as "EvalResourceName" .length(1, 2048);
    eval_decision: required PolicyEvaluationDecisionType, "EvalDecision" as "EvalDecision" .one_of(PolicyEvaluationDecisionType::VALUES);
    matched_statements: optional Vec<Statement>, "MatchedStatements" as "MatchedStatements";
    missing_context_values: optional Vec<String>, "MissingContextValues" as "MissingContextValues";
    organizations_decision_detail: optional OrganizationsDecisionDetail, "OrganizationsDecisionDetail" as "OrganizationsDecisionDetail";
    permissions_boundary_decision_detail: optional PermissionsBoundaryDecisionDetail, "PermissionsBoundaryDecisionDetail" as "PermissionsBoundaryDecisionDetail";
    eval_decision_details: optional BTreeMap<String, PolicyEvaluationDecisionType>, "EvalDecisionDetails" as "EvalDecisionDetails";
    resource_specific_results: optional Vec<ResourceSpecificResult>, "ResourceSpecificResults" as "ResourceSpecificResults";
} }

structure! { GetGroupPolicyInput "GetGroupPolicyRequest" {
    group_name: required String, "GroupName" as "GroupName" .length(1, 128) .pattern("[\\w+=,.@-]+");
    policy_name: required String, "PolicyName" as "PolicyName" .length(1, 128) .pattern("[\\w+=,.@-]+");
} }

structure! { GetGroupPolicyOutput "GetGroupPolicyResponse" {
    group_name: required String, "GroupName" as "GroupName" .length(1, 128) .pattern("[\\w+=,.@-]+");
    policy_name: required String, "PolicyName" as "PolicyName" .length(1, 128) .pattern("[\\w+=,.@-]+");
    policy_document: required String, "PolicyDocument" as "PolicyDocument" .length(1, 131072) .pattern("[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+");
} }

structure! { GetGroupInput "GetGroupRequest" {
    group_name: required String, "GroupName" as "GroupName" .length(1, 128) .pattern("[\\w+=,.@-]+");
    marker: optional String, "Marker" as "Marker" .length(1, 320) .pattern("[\\u0020-\\u00FF]+");
    max_items: optional i32, "MaxItems" as "MaxItems" .range(1, 1000);
} }

structure! { GetGroupOutput "GetGroupResponse" {
    group: required Group, "Group" as "Group";
    users: required Vec<User>, "Users" as "Users";
    is_truncated: optional bool, "IsTruncated" as "IsTruncated";
    marker: optional String, "Marker" as "Marker";
} }

structure! { GetPolicyInput "GetPolicyRequest" {
    policy_arn: required String, "PolicyArn" as "PolicyArn" .length(20, 2048);
} }

structure! { GetPolicyOutput "GetPolicyResponse" {
    policy: optional Policy, "Policy" as "Policy";
} }

structure! { GetPolicyVersionInput "GetPolicyVersionRequest" {
    policy_arn: required String, "PolicyArn" as "PolicyArn" .length(20, 2048);
    version_id: required String, "VersionId" as "VersionId" .pattern("v[1-9][0-9]*(\\.[A-Za-z0-9-]*)?");
} }

structure! { GetPolicyVersionOutput "GetPolicyVersionResponse" {
    policy_version: optional PolicyVersion, "PolicyVersion" as "PolicyVersion";
} }

structure! { GetRolePolicyInput "GetRolePolicyRequest" {
    role_name: required String, "RoleName" as "RoleName" .length(1, 64) .pattern("[\\w+=,.@-]+");
    policy_name: required String, "PolicyName" as "PolicyName" .length(1, 128) .pattern("[\\w+=,.@-]+");
} }

structure! { GetRolePolicyOutput "GetRolePolicyResponse" {
    role_name: required String, "RoleName" as "RoleName" .length(1, 64) .pattern("[\\w+=,.@-]+");
    policy_name: required String, "PolicyName" as "PolicyName" .length(1, 128) .pattern("[\\w+=,.@-]+");
    policy_document: required String, "PolicyDocument" as "PolicyDocument" .length(1, 131072) .pattern("[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+");
} }

structure! { GetRoleInput "GetRoleRequest" {
    role_name: required String, "RoleName" as "RoleName" .length(1, 64) .pattern("[\\w+=,.@-]+");
} }

structure! { GetRoleOutput "GetRoleResponse" {
    role: required Role, "Role" as "Role";
} }

structure! { GetUserPolicyInput "GetUserPolicyRequest" {
    user_name: required String, "UserName" as "UserName" .length(1, 128) .pattern("[\\w+=,.@-]+");
    policy_name: required String, "PolicyName" as "PolicyName" .length(1, 128) .pattern("[\\w+=,.@-]+");
} }

structure! { GetUserPolicyOutput "GetUserPolicyResponse" {
    user_name: required String, "UserName" as "UserName" .length(1, 128) .pattern("[\\w+=,.@-]+");
    policy_name: required String, "PolicyName" as "PolicyName" .length(1, 128) .pattern("[\\w+=,.@-]+");
    policy_document: required String, "PolicyDocument" as "PolicyDocument" .length(1, 131072) .pattern("[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+");
} }

structure! { GetUserInput "GetUserRequest" {
    user_name: optional String, "UserName" as "UserName" .length(1, 128) .pattern("[\\w+=,.@-]+");
} }

structure! { GetUserOutput "GetUserResponse" {
    user: required User, "User" as "User";
} }

structure! { Group "Group" {
    path: required String, "Path" as "Path" .length(1, 512) .pattern("(\\u002F)|(\\u002F[\\u0021-\\u007E]+\\u002F)");
    group_name: required String, "GroupName" as "GroupName" .length(1, 128) .pattern("[\\w+=,.@-]+");
    group_id: required String, "GroupId" as "GroupId" .length(16, 128) .pattern("[\\w]+");
    arn: required String, "Arn" as "Arn" .length(20, 2048);
    create_date: required Timestamp, "CreateDate" as "CreateDate";
} }

structure! { InstanceProfile "InstanceProfile" {
    path: required String, "Path" as "Path" .length(1, 512) .pattern("(\\u002F)|(\\u002F[\\u0021-\\u007E]+\\u002F)");
    instance_profile_name: required String, "InstanceProfileName" as "InstanceProfileName" .length(1, 128) .pattern("[\\w+=,.@-]+");
    instance_profile_id: required String, "InstanceProfileId" as "InstanceProfileId" .length(16, 128) .pattern("[\\w]+");
    arn: required String, "Arn" as "Arn" .length(20, 2048);
    create_date: required Timestamp, "CreateDate" as "CreateDate";
    roles: required Vec<Role>, "Roles" as "Roles";
    tags: optional Vec<Tag>, "Tags" as "Tags" .length(0, 50);
} }

structure! { ListAccessKeysInput "ListAccessKeysRequest" {
    user_name: optional String, "UserName" as "UserName" .length(1, 128) .pattern("[\\w+=,.@-]+");
    marker: optional String, "Marker" as "Marker" .length(1, 320) .pattern("[\\u0020-\\u00FF]+");
    max_items: optional i32, "MaxItems" as "MaxItems" .range(1, 1000);
} }

structure! { ListAccessKeysOutput "ListAccessKeysResponse" {
    access_key_metadata: required Vec<AccessKeyMetadata>, "AccessKeyMetadata" as "AccessKeyMetadata";
    is_truncated: optional bool, "IsTruncated" as "IsTruncated";
    marker: optional String, "Marker" as "Marker";
} }

structure! { ListAttachedGroupPoliciesInput "ListAttachedGroupPoliciesRequest" {
    group_name: required String, "GroupName" as "GroupName" .length(1, 128) .pattern("[\\w+=,.@-]+");
    path_prefix: optional String, "PathPrefix" as "PathPrefix" .length(1, 512) .pattern("((/[A-Za-z0-9\\.,\\+@=_-]+)*)/");
    marker: optional String, "Marker" as "Marker" .length(1, 320) .pattern("[\\u0020-\\u00FF]+");
    max_items: optional i32, "MaxItems" as "MaxItems" .range(1, 1000);
} }

structure! { ListAttachedGroupPoliciesOutput "ListAttachedGroupPoliciesResponse" {
    attached_policies: optional Vec<AttachedPolicy>, "AttachedPolicies" as "AttachedPolicies";
    is_truncated: optional bool, "IsTruncated" as "IsTruncated";
    marker: optional String, "Marker" as "Marker";
} }

structure! { ListAttachedRolePoliciesInput "ListAttachedRolePoliciesRequest" {
    role_name: required String, "RoleName" as "RoleName" .length(1, 64) .pattern("[\\w+=,.@-]+");
    path_prefix: optional String, "PathPrefix" as "PathPrefix" .length(1, 512) .pattern("((/[A-Za-z0-9\\.,\\+@=_-]+)*)/");
    marker: optional String, "Marker" as "Marker" .length(1, 320) .pattern("[\\u0020-\\u00FF]+");
    max_items: optional i32, "MaxItems" as "MaxItems" .range(1, 1000);
} }

structure! { ListAttachedRolePoliciesOutput "ListAttachedRolePoliciesResponse" {
    attached_policies: optional Vec<AttachedPolicy>, "AttachedPolicies" as "AttachedPolicies";
    is_truncated: optional bool, "IsTruncated" as "IsTruncated";
    marker: optional String, "Marker" as "Marker";
} }

structure! { ListAttachedUserPoliciesInput "ListAttachedUserPoliciesRequest" {
    user_name: required String, "UserName" as "UserName" .length(1, 64) .pattern("[\\w+=,.@-]+");
    path_prefix: optional String, "PathPrefix" as "PathPrefix" .length(1, 512) .pattern("((/[A-Za-z0-9\\.,\\+@=_-]+)*)/");
    marker: optional String, "Marker" as "Marker" .length(1, 320) .pattern("[\\u0020-\\u00FF]+");
    max_items: optional i32, "MaxItems" as "MaxItems" .range(1, 1000);
} }

structure! { ListAttachedUserPoliciesOutput "ListAttachedUserPoliciesResponse" {
    attached_policies: optional Vec<AttachedPolicy>, "AttachedPolicies" as "AttachedPolicies";
    is_truncated: optional bool, "IsTruncated" as "IsTruncated";
    marker: optional String, "Marker" as "Marker";
} }

structure! { ListEntitiesForPolicyInput "ListEntitiesForPolicyRequest" {
    policy_arn: required String, "PolicyArn" as "PolicyArn" .length(20, 2048);
    entity_filter: optional EntityType, "EntityFilter" as "EntityFilter" .one_of(EntityType::VALUES);
    path_prefix: optional String, "PathPrefix" as "PathPrefix" .length(1, 512) .pattern("(\\u002F)|(\\u002F[\\u0021-\\u007E]+\\u002F)");
    policy_usage_filter: optional PolicyUsageType, "PolicyUsageFilter" as "PolicyUsageFilter" .one_of(PolicyUsageType::VALUES);
    marker: optional String, "Marker" as "Marker" .length(1, 320) .pattern("[\\u0020-\\u00FF]+");
    max_items: optional i32, "MaxItems" as "MaxItems" .range(1, 1000);
} }

structure! { ListEntitiesForPolicyOutput "ListEntitiesForPolicyResponse" {
    policy_groups: optional Vec<PolicyGroup>, "PolicyGroups" as "PolicyGroups";
    policy_users: optional Vec<PolicyUser>, "PolicyUsers" as "PolicyUsers";
    policy_roles: optional Vec<PolicyRole>, "PolicyRoles" as "PolicyRoles";
    is_truncated: optional bool, "IsTruncated" as "IsTruncated";
    marker: optional String, "Marker" as "Marker";
} }

structure! { ListGroupPoliciesInput "ListGroupPoliciesRequest" {
    group_name: required String, "GroupName" as "GroupName" .length(1, 128) .pattern("[\\w+=,.@-]+");
    marker: optional String, "Marker" as "Marker" .length(1, 320) .pattern("[\\u0020-\\u00FF]+");
    max_items: optional i32, "MaxItems" as "MaxItems" .range(1, 1000);
} }

structure! { ListGroupPoliciesOutput "ListGroupPoliciesResponse" {
    policy_names: required Vec<String>, "PolicyNames" as "PolicyNames";
    is_truncated: optional bool, "IsTruncated" as "IsTruncated";
    marker: optional String, "Marker" as "Marker";
} }

structure! { ListGroupsForUserInput "ListGroupsForUserRequest" {
    user_name: required String, "UserName" as "UserName" .length(1, 128) .pattern("[\\w+=,.@-]+");
    marker: optional String, "Marker" as "Marker" .length(1, 320) .pattern("[\\u0020-\\u00FF]+");
    max_items: optional i32, "MaxItems" as "MaxItems" .range(1, 1000);
} }

structure! { ListGroupsForUserOutput "ListGroupsForUserResponse" {
    groups: required Vec<Group>, "Groups" as "Groups";
    is_truncated: optional bool, "IsTruncated" as "IsTruncated";
    marker: optional String, "Marker" as "Marker";
} }

structure! { ListGroupsInput "ListGroupsRequest" {
    path_prefix: optional String, "PathPrefix" as "PathPrefix" .length(1, 512) .pattern("\\u002F[\\u0021-\\u007F]*");
    marker: optional String, "Marker" as "Marker" .length(1, 320) .pattern("[\\u0020-\\u00FF]+");
    max_items: optional i32, "MaxItems" as "MaxItems" .range(1, 1000);
} }

structure! { ListGroupsOutput "ListGroupsResponse" {
    groups: required Vec<Group>, "Groups" as "Groups";
    is_truncated: optional bool, "IsTruncated" as "IsTruncated";
    marker: optional String, "Marker" as "Marker";
} }

structure! { ListInstanceProfilesForRoleInput "ListInstanceProfilesForRoleRequest" {
    role_name: required String, "RoleName" as "RoleName" .length(1, 64) .pattern("[\\w+=,.@-]+");
    marker: optional String, "Marker" as "Marker" .length(1, 320) .pattern("[\\u0020-\\u00FF]+");
    max_items: optional i32, "MaxItems" as "MaxItems" .range(1, 1000);
} }

structure! { ListInstanceProfilesForRoleOutput "ListInstanceProfilesForRoleResponse" {
    instance_profiles: required Vec<InstanceProfile>, "InstanceProfiles" as "InstanceProfiles";
    is_truncated: optional bool, "IsTruncated" as "IsTruncated";
    marker: optional String, "Marker" as "Marker";
} }

structure! { ListPoliciesInput "ListPoliciesRequest" {
    scope: optional PolicyScopeType, "Scope" as "Scope" .one_of(PolicyScopeType::VALUES);
    only_attached: optional bool, "OnlyAttached" as "OnlyAttached";
    path_prefix: optional String, "PathPrefix" as "PathPrefix" .length(1, 512) .pattern("((/[A-Za-z0-9\\.,\\+@=_-]+)*)/");
    policy_usage_filter: optional PolicyUsageType, "PolicyUsageFilter" as "PolicyUsageFilter" .one_of(PolicyUsageType::VALUES);
    marker: optional String, "Marker" as "Marker" .length(1, 320) .pattern("[\\u0020-\\u00FF]+");
    max_items: optional i32, "MaxItems" as "MaxItems" .range(1, 1000);
} }

structure! { ListPoliciesOutput "ListPoliciesResponse" {
    policies: optional Vec<Policy>, "Policies" as "Policies";
    is_truncated: optional bool, "IsTruncated" as "IsTruncated";
    marker: optional String, "Marker" as "Marker";
} }

structure! { ListPolicyTagsInput "ListPolicyTagsRequest" {
    policy_arn: required String, "PolicyArn" as "PolicyArn" .length(20, 2048);
    marker: optional String, "Marker" as "Marker" .length(1, 320) .pattern("[\\u0020-\\u00FF]+");
    max_items: optional i32, "MaxItems" as "MaxItems" .range(1, 1000);
} }

structure! { ListPolicyTagsOutput "ListPolicyTagsResponse" {
    tags: required Vec<Tag>, "Tags" as "Tags" .length(0, 50);
    is_truncated: optional bool, "IsTruncated" as "IsTruncated";
    marker: optional String, "Marker" as "Marker";
} }

structure! { ListPolicyVersionsInput "ListPolicyVersionsRequest" {
    policy_arn: required String, "PolicyArn" as "PolicyArn" .length(20, 2048);
    marker: optional String, "Marker" as "Marker" .length(1, 320) .pattern("[\\u0020-\\u00FF]+");
    max_items: optional i32, "MaxItems" as "MaxItems" .range(1, 1000);
} }

structure! { ListPolicyVersionsOutput "ListPolicyVersionsResponse" {
    versions: optional Vec<PolicyVersion>, "Versions" as "Versions";
    is_truncated: optional bool, "IsTruncated" as "IsTruncated";
    marker: optional String, "Marker" as "Marker";
} }

structure! { ListRolePoliciesInput "ListRolePoliciesRequest" {
    role_name: required String, "RoleName" as "RoleName" .length(1, 64) .pattern("[\\w+=,.@-]+");
    marker: optional String, "Marker" as "Marker" .length(1, 320) .pattern("[\\u0020-\\u00FF]+");
    max_items: optional i32, "MaxItems" as "MaxItems" .range(1, 1000);
} }

structure! { ListRolePoliciesOutput "ListRolePoliciesResponse" {
    policy_names: required Vec<String>, "PolicyNames" as "PolicyNames";
    is_truncated: optional bool, "IsTruncated" as "IsTruncated";
    marker: optional String, "Marker" as "Marker";
} }

structure! { ListRoleTagsInput "ListRoleTagsRequest" {
    role_name: required String, "RoleName" as "RoleName" .length(1, 64) .pattern("[\\w+=,.@-]+");
    marker: optional String, "Marker" as "Marker" .length(1, 320) .pattern("[\\u0020-\\u00FF]+");
    max_items: optional i32, "MaxItems" as "MaxItems" .range(1, 1000);
} }

structure! { ListRoleTagsOutput "ListRoleTagsResponse" {
    tags: required Vec<Tag>, "Tags" as "Tags" .length(0, 50);
    is_truncated: optional bool, "IsTruncated" as "IsTruncated";
    marker: optional String, "Marker" as "Marker";
} }

structure! { ListRolesInput "ListRolesRequest" {
    path_prefix: optional String, "PathPrefix" as "PathPrefix" .length(1, 512) .pattern("\\u002F[\\u0021-\\u007F]*");
    marker: optional String, "Marker" as "Marker" .length(1, 320) .pattern("[\\u0020-\\u00FF]+");
    max_items: optional i32, "MaxItems" as "MaxItems" .range(1, 1000);
} }

structure! { ListRolesOutput "ListRolesResponse" {
    roles: required Vec<Role>, "Roles" as "Roles";
    is_truncated: optional bool, "IsTruncated" as "IsTruncated";
    marker: optional String, "Marker" as "Marker";
} }

structure! { ListUserPoliciesInput "ListUserPoliciesRequest" {
    user_name: required String, "UserName" as "UserName" .length(1, 128) .pattern("[\\w+=,.@-]+");
    marker: optional String, "Marker" as "Marker" .length(1, 320) .pattern("[\\u0020-\\u00FF]+");
    max_items: optional i32, "MaxItems" as "MaxItems" .range(1, 1000);
} }

structure! { ListUserPoliciesOutput "ListUserPoliciesResponse" {
    policy_names: required Vec<String>, "PolicyNames" as "PolicyNames";
    is_truncated: optional bool, "IsTruncated" as "IsTruncated";
    marker: optional String, "Marker" as "Marker";
} }

structure! { ListUserTagsInput "ListUserTagsRequest" {
    user_name: required String, "UserName" as "UserName" .length(1, 128) .pattern("[\\w+=,.@-]+");
    marker: optional String, "Marker" as "Marker" .length(1, 320) .pattern("[\\u0020-\\u00FF]+");
    max_items: optional i32, "MaxItems" as "MaxItems" .range(1, 1000);
} }

structure! { ListUserTagsOutput "ListUserTagsResponse" {
    tags: required Vec<Tag>, "Tags" as "Tags" .length(0, 50);
    is_truncated: optional bool, "IsTruncated" as "IsTruncated";
    marker: optional String, "Marker" as "Marker";
} }

structure! { ListUsersInput "ListUsersRequest" {
    path_prefix: optional String, "PathPrefix" as "PathPrefix" .length(1, 512) .pattern("\\u002F[\\u0021-\\u007F]*");
    marker: optional String, "Marker" as "Marker" .length(1, 320) .pattern("[\\u0020-\\u00FF]+");
    max_items: optional i32, "MaxItems" as "MaxItems" .range(1, 1000);
} }

structure! { ListUsersOutput "ListUsersResponse" {
    users: required Vec<User>, "Users" as "Users";
    is_truncated: optional bool, "IsTruncated" as "IsTruncated";
    marker: optional String, "Marker" as "Marker";
} }

structure! { OrganizationsDecisionDetail "OrganizationsDecisionDetail" {
    allowed_by_organizations: optional bool, "AllowedByOrganizations" as "AllowedByOrganizations";
} }

string_enum! { PermissionsBoundaryAttachmentType {
    PermissionsBoundaryPolicy = "PermissionsBoundaryPolicy",
} }

structure! { PermissionsBoundaryDecisionDetail "PermissionsBoundaryDecisionDetail" {
    allowed_by_permissions_boundary: optional bool, "AllowedByPermissionsBoundary" as "AllowedByPermissionsBoundary";
} }

structure! { Policy "Policy" {
    policy_name: optional String, "PolicyName" as "PolicyName" .length(1, 128) .pattern("[\\w+=,.@-]+");
    policy_id: optional String, "PolicyId" as "PolicyId" .length(16, 128) .pattern("[\\w]+");
    arn: optional String, "Arn" as "Arn" .length(20, 2048);
    path: optional String, "Path" as "Path" .length(1, 512) .pattern("((/[A-Za-z0-9\\.,\\+@=_-]+)*)/");
    default_version_id: optional String, "DefaultVersionId" as "DefaultVersionId" .pattern("v[1-9][0-9]*(\\.[A-Za-z0-9-]*)?");
    attachment_count: optional i32, "AttachmentCount" as "AttachmentCount";
    permissions_boundary_usage_count: optional i32, "PermissionsBoundaryUsageCount" as "PermissionsBoundaryUsageCount";
    is_attachable: optional bool, "IsAttachable" as "IsAttachable";
    description: optional String, "Description" as "Description" .length(0, 1000);
    create_date: optional Timestamp, "CreateDate" as "CreateDate";
    update_date: optional Timestamp, "UpdateDate" as "UpdateDate";
    tags: optional Vec<Tag>, "Tags" as "Tags" .length(0, 50);
} }

string_enum! { PolicyEvaluationDecisionType {
    Allowed = "allowed",
    ExplicitDeny = "explicitDeny",
    ImplicitDeny = "implicitDeny",
} }

structure! { PolicyGroup "PolicyGroup" {
    group_name: optional String, "GroupName" as "GroupName" .length(1, 128) .pattern("[\\w+=,.@-]+");
    group_id: optional String, "GroupId" as "GroupId" .length(16, 128) .pattern("[\\w]+");
} }

structure! { PolicyRole "PolicyRole" {
    role_name: optional String, "RoleName" as "RoleName" .length(1, 64) .pattern("[\\w+=,.@-]+");
    role_id: optional String, "RoleId" as "RoleId" .length(16, 128) .pattern("[\\w]+");
} }

string_enum! { PolicySourceType {
    User = "user",
    Group = "group",
    Role = "role",
    AwsManaged = "aws-managed",
    UserManaged = "user-managed",
    Resource = "resource",
    None = "none",
} }

string_enum! { PolicyUsageType {
    PermissionsPolicy = "PermissionsPolicy",
    PermissionsBoundary = "PermissionsBoundary",
} }

structure! { PolicyUser "PolicyUser" {
    user_name: optional String, "UserName" as "UserName" .length(1, 64) .pattern("[\\w+=,.@-]+");
    user_id: optional String, "UserId" as "UserId" .length(16, 128) .pattern("[\\w]+");
} }

structure! { PolicyVersion "PolicyVersion" {
    document: optional String, "Document" as "Document" .length(1, 131072) .pattern("[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+");
    version_id: optional String, "VersionId" as "VersionId" .pattern("v[1-9][0-9]*(\\.[A-Za-z0-9-]*)?");
    is_default_version: optional bool, "IsDefaultVersion" as "IsDefaultVersion";
    create_date: optional Timestamp, "CreateDate" as "CreateDate";
} }

structure! { Position "Position" {
    line: optional i32, "Line" as "Line";
    column: optional i32, "Column" as "Column";
} }

structure! { PutGroupPolicyInput "PutGroupPolicyRequest" {
    group_name: required String, "GroupName" as "GroupName" .length(1, 128) .pattern("[\\w+=,.@-]+");
    policy_name: required String, "PolicyName" as "PolicyName" .length(1, 128) .pattern("[\\w+=,.@-]+");
    policy_document: required String, "PolicyDocument" as "PolicyDocument" .length(1, 131072) .pattern("[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+");
} }

structure! { PutRolePermissionsBoundaryInput "PutRolePermissionsBoundaryRequest" {
    role_name: required String, "RoleName" as "RoleName" .length(1, 64) .pattern("[\\w+=,.@-]+");
    permissions_boundary: required String, "PermissionsBoundary" as "PermissionsBoundary" .length(20, 2048);
} }

structure! { PutRolePolicyInput "PutRolePolicyRequest" {
    role_name: required String, "RoleName" as "RoleName" .length(1, 64) .pattern("[\\w+=,.@-]+");
    policy_name: required String, "PolicyName" as "PolicyName" .length(1, 128) .pattern("[\\w+=,.@-]+");
    policy_document: required String, "PolicyDocument" as "PolicyDocument" .length(1, 131072) .pattern("[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+");
} }

structure! { PutUserPermissionsBoundaryInput "PutUserPermissionsBoundaryRequest" {
    user_name: required String, "UserName" as "UserName" .length(1, 64) .pattern("[\\w+=,.@-]+");
    permissions_boundary: required String, "PermissionsBoundary" as "PermissionsBoundary" .length(20, 2048);
} }

structure! { PutUserPolicyInput "PutUserPolicyRequest" {
    user_name: required String, "UserName" as "UserName" .length(1, 128) .pattern("[\\w+=,.@-]+");
    policy_name: required String, "PolicyName" as "PolicyName" .length(1, 128) .pattern("[\\w+=,.@-]+");
    policy_document: required String, "PolicyDocument" as "PolicyDocument" .length(1, 131072) .pattern("[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+");
} }

structure! { RemoveUserFromGroupInput "RemoveUserFromGroupRequest" {
    group_name: required String, "GroupName" as "GroupName" .length(1, 128) .pattern("[\\w+=,.@-]+");
    user_name: required String, "UserName" as "UserName" .length(1, 128) .pattern("[\\w+=,.@-]+");
} }

structure! { ResourceSpecificResult "ResourceSpecificResult" {
    eval_resource_name: required String, "EvalResourceName" as "EvalResourceName" .length(1, 2048);
    eval_resource_decision: required PolicyEvaluationDecisionType, "EvalResourceDecision" as "EvalResourceDecision" .one_of(PolicyEvaluationDecisionType::VALUES);
    matched_statements: optional Vec<Statement>, "MatchedStatements" as "MatchedStatements";
    missing_context_values: optional Vec<String>, "MissingContextValues" as "MissingContextValues";
    eval_decision_details: optional BTreeMap<String, PolicyEvaluationDecisionType>, "EvalDecisionDetails" as "EvalDecisionDetails";
    permissions_boundary_decision_detail: optional PermissionsBoundaryDecisionDetail, "PermissionsBoundaryDecisionDetail" as "PermissionsBoundaryDecisionDetail";
} }

structure! { Role "Role" {
    path: required String, "Path" as "Path" .length(1, 512) .pattern("(\\u002F)|(\\u002F[\\u0021-\\u007E]+\\u002F)");
    role_name: required String, "RoleName" as "RoleName" .length(1, 64) .pattern("[\\w+=,.@-]+");
    role_id: required String, "RoleId" as "RoleId" .length(16, 128) .pattern("[\\w]+");
    arn: required String, "Arn" as "Arn" .length(20, 2048);
    create_date: required Timestamp, "CreateDate" as "CreateDate";
    assume_role_policy_document: optional String, "AssumeRolePolicyDocument" as "AssumeRolePolicyDocument" .length(1, 131072) .pattern("[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+");
    description: optional String, "Description" as "Description" .length(0, 1000) .pattern("[\\u0009\\u000A\\u000D\\u0020-\\u007E\\u00A1-\\u00FF]*");
    max_session_duration: optional i32, "MaxSessionDuration" as "MaxSessionDuration" .range(3600, 43200);
    permissions_boundary: optional AttachedPermissionsBoundary, "PermissionsBoundary" as "PermissionsBoundary";
    tags: optional Vec<Tag>, "Tags" as "Tags" .length(0, 50);
    role_last_used: optional RoleLastUsed, "RoleLastUsed" as "RoleLastUsed";
} }

structure! { RoleLastUsed "RoleLastUsed" {
    last_used_date: optional Timestamp, "LastUsedDate" as "LastUsedDate";
    region: optional String, "Region" as "Region";
} }

structure! { SetDefaultPolicyVersionInput "SetDefaultPolicyVersionRequest" {
    policy_arn: required String, "PolicyArn" as "PolicyArn" .length(20, 2048);
    version_id: required String, "VersionId" as "VersionId" .pattern("v[1-9][0-9]*(\\.[A-Za-z0-9-]*)?");
} }

structure! { SimulatePrincipalPolicyOutput "SimulatePolicyResponse" {
    evaluation_results: optional Vec<EvaluationResult>, "EvaluationResults" as "EvaluationResults";
    is_truncated: optional bool, "IsTruncated" as "IsTruncated";
    marker: optional String, "Marker" as "Marker";
} }

structure! { SimulatePrincipalPolicyInput "SimulatePrincipalPolicyRequest" {
    policy_source_arn: required String, "PolicySourceArn" as "PolicySourceArn" .length(20, 2048);
    policy_input_list: optional Vec<String>, "PolicyInputList" as "PolicyInputList";
    permissions_boundary_policy_input_list: optional Vec<String>, "PermissionsBoundaryPolicyInputList" as "PermissionsBoundaryPolicyInputList";
    action_names: required Vec<String>, "ActionNames" as "ActionNames";
    resource_arns: optional Vec<String>, "ResourceArns" as "ResourceArns";
    resource_policy: optional String, "ResourcePolicy" as "ResourcePolicy" .length(1, 131072) .pattern("[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+");
    resource_owner: optional String, "ResourceOwner" as "ResourceOwner" .length(1, 2048);
    caller_arn: optional String, "CallerArn" as "CallerArn" .length(1, 2048);
    context_entries: optional Vec<ContextEntry>, "ContextEntries" as "ContextEntries";
    resource_handling_option: optional String, "ResourceHandlingOption" as "ResourceHandlingOption" .length(1, 64);
    max_items: optional i32, "MaxItems" as "MaxItems" .range(1, 1000);
    marker: optional String, "Marker" as "Marker" .length(1, 320) .pattern("[\\u0020-\\u00FF]+");
} }

structure! { Statement "Statement" {
    source_policy_id: optional String, "SourcePolicyId" as "SourcePolicyId";
    source_policy_type: optional PolicySourceType, "SourcePolicyType" as "SourcePolicyType" .one_of(PolicySourceType::VALUES);
    start_position: optional Position, "StartPosition" as "StartPosition";
    end_position: optional Position, "EndPosition" as "EndPosition";
} }

structure! { Tag "Tag" {
    key: required String, "Key" as "Key" .length(1, 128) .pattern("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+");
    value: required String, "Value" as "Value" .length(0, 256) .pattern("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*");
} }

structure! { TagPolicyInput "TagPolicyRequest" {
    policy_arn: required String, "PolicyArn" as "PolicyArn" .length(20, 2048);
    tags: required Vec<Tag>, "Tags" as "Tags" .length(0, 50);
} }

structure! { TagRoleInput "TagRoleRequest" {
    role_name: required String, "RoleName" as "RoleName" .length(1, 64) .pattern("[\\w+=,.@-]+");
    tags: required Vec<Tag>, "Tags" as "Tags" .length(0, 50);
} }

structure! { TagUserInput "TagUserRequest" {
    user_name: required String, "UserName" as "UserName" .length(1, 128) .pattern("[\\w+=,.@-]+");
    tags: required Vec<Tag>, "Tags" as "Tags" .length(0, 50);
} }

structure! { UntagPolicyInput "UntagPolicyRequest" {
    policy_arn: required String, "PolicyArn" as "PolicyArn" .length(20, 2048);
    tag_keys: required Vec<String>, "TagKeys" as "TagKeys" .length(0, 50);
} }

structure! { UntagRoleInput "UntagRoleRequest" {
    role_name: required String, "RoleName" as "RoleName" .length(1, 64) .pattern("[\\w+=,.@-]+");
    tag_keys: required Vec<String>, "TagKeys" as "TagKeys" .length(0, 50);
} }

structure! { UntagUserInput "UntagUserRequest" {
    user_name: required String, "UserName" as "UserName" .length(1, 128) .pattern("[\\w+=,.@-]+");
    tag_keys: required Vec<String>, "TagKeys" as "TagKeys" .length(0, 50);
} }

structure! { UpdateAccessKeyInput "UpdateAccessKeyRequest" {
    user_name: optional String, "UserName" as "UserName" .length(1, 128) .pattern("[\\w+=,.@-]+");
    access_key_id: required String, "AccessKeyId" as "AccessKeyId" .length(16, 128) .pattern("[\\w]+");
    status: required StatusType, "Status" as "Status" .one_of(StatusType::VALUES);
} }

structure! { UpdateAssumeRolePolicyInput "UpdateAssumeRolePolicyRequest" {
    role_name: required String, "RoleName" as "RoleName" .length(1, 64) .pattern("[\\w+=,.@-]+");
    policy_document: required String, "PolicyDocument" as "PolicyDocument" .length(1, 131072) .pattern("[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+");
} }

structure! { UpdateRoleDescriptionInput "UpdateRoleDescriptionRequest" {
    role_name: required String, "RoleName" as "RoleName" .length(1, 64) .pattern("[\\w+=,.@-]+");
    description: required String, "Description" as "Description" .length(0, 1000) .pattern("[\\u0009\\u000A\\u000D\\u0020-\\u007E\\u00A1-\\u00FF]*");
} }

structure! { UpdateRoleDescriptionOutput "UpdateRoleDescriptionResponse" {
    role: optional Role, "Role" as "Role";
} }

structure! { UpdateRoleInput "UpdateRoleRequest" {
    role_name: required String, "RoleName" as "RoleName" .length(1, 64) .pattern("[\\w+=,.@-]+");
    description: optional String, "Description" as "Description" .length(0, 1000) .pattern("[\\u0009\\u000A\\u000D\\u0020-\\u007E\\u00A1-\\u00FF]*");
    max_session_duration: optional i32, "MaxSessionDuration" as "MaxSessionDuration" .range(3600, 43200);
} }

structure! { UpdateRoleOutput "UpdateRoleResponse" {
} }

structure! { User "User" {
    path: required String, "Path" as "Path" .length(1, 512) .pattern("(\\u002F)|(\\u002F[\\u0021-\\u007E]+\\u002F)");
    user_name: required String, "UserName" as "UserName" .length(1, 64) .pattern("[\\w+=,.@-]+");
    user_id: required String, "UserId" as "UserId" .length(16, 128) .pattern("[\\w]+");
    arn: required String, "Arn" as "Arn" .length(20, 2048);
    create_date: required Timestamp, "CreateDate" as "CreateDate";
    password_last_used: optional Timestamp, "PasswordLastUsed" as "PasswordLastUsed";
    permissions_boundary: optional AttachedPermissionsBoundary, "PermissionsBoundary" as "PermissionsBoundary";
    tags: optional Vec<Tag>, "Tags" as "Tags" .length(0, 50);
} }

string_enum! { PolicyScopeType {
    All = "All",
    Aws = "AWS",
    Local = "Local",
} }

string_enum! { StatusType {
    Active = "Active",
    Inactive = "Inactive",
    Expired = "Expired",
} }
