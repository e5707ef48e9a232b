//! `cloudformation`, version 2010-05-15: shapes and operations.
//!
//! Written by `cargo xtask codegen` from the service's model; do not edit.

use std::collections::BTreeMap;

use landline_wire::{Protocol, Timestamp, service, shape::Unit, string_enum, structure};

service! { cloudformation signed "cloudformation" speaks Protocol::Query { version: "2010-05-15", xml_namespace: "http://cloudformation.amazonaws.com/doc/2010-05-15/" }, validates "ValidationError";
    errors {
        AlreadyExistsException "AlreadyExistsException" 400 "message",
        ChangeSetNotFoundException "ChangeSetNotFound" 404 "message",
        InsufficientCapabilitiesException "InsufficientCapabilitiesException" 400 "message",
        InvalidChangeSetStatusException "InvalidChangeSetStatus" 400 "message",
        LimitExceededException "LimitExceededException" 400 "message",
        StackSetNotFoundException "StackSetNotFoundException" 404 "message",
        TokenAlreadyExistsException "TokenAlreadyExistsException" 400 "message",
    }
    operations {
        POST "/" => CreateStack(CreateStackInput) -> 200 CreateStackOutput, wrapped "CreateStackResult";
        POST "/" => UpdateStack(UpdateStackInput) -> 200 UpdateStackOutput, wrapped "UpdateStackResult";
        POST "/" => DeleteStack(DeleteStackInput) -> 200 Unit;
        POST "/" => DescribeStacks(DescribeStacksInput) -> 200 DescribeStacksOutput, wrapped "DescribeStacksResult";
        POST "/" => ListStacks(ListStacksInput) -> 200 ListStacksOutput, wrapped "ListStacksResult";
        POST "/" => DescribeStackEvents(DescribeStackEventsInput) -> 200 DescribeStackEventsOutput, wrapped "DescribeStackEventsResult";
        POST "/" => DescribeEvents(DescribeEventsInput) -> 200 DescribeEventsOutput, wrapped "DescribeEventsResult";
        POST "/" => DescribeStackResource(DescribeStackResourceInput) -> 200 DescribeStackResourceOutput, wrapped "DescribeStackResourceResult";
        POST "/" => DescribeStackResources(DescribeStackResourcesInput) -> 200 DescribeStackResourcesOutput, wrapped "DescribeStackResourcesResult";
        POST "/" => ListStackResources(ListStackResourcesInput) -> 200 ListStackResourcesOutput, wrapped "ListStackResourcesResult";
        POST "/" => GetTemplate(GetTemplateInput) -> 200 GetTemplateOutput, wrapped "GetTemplateResult";
        POST "/" => GetTemplateSummary(GetTemplateSummaryInput) -> 200 GetTemplateSummaryOutput, wrapped "GetTemplateSummaryResult";
        POST "/" => ValidateTemplate(ValidateTemplateInput) -> 200 ValidateTemplateOutput, wrapped "ValidateTemplateResult";
        POST "/" => CreateChangeSet(CreateChangeSetInput) -> 200 CreateChangeSetOutput, wrapped "CreateChangeSetResult";
        POST "/" => DescribeChangeSet(DescribeChangeSetInput) -> 200 DescribeChangeSetOutput, wrapped "DescribeChangeSetResult";
        POST "/" => ExecuteChangeSet(ExecuteChangeSetInput) -> 200 ExecuteChangeSetOutput, wrapped "ExecuteChangeSetResult";
        POST "/" => DeleteChangeSet(DeleteChangeSetInput) -> 200 DeleteChangeSetOutput, wrapped "DeleteChangeSetResult";
        POST "/" => ListChangeSets(ListChangeSetsInput) -> 200 ListChangeSetsOutput, wrapped "ListChangeSetsResult";
        POST "/" => ListExports(ListExportsInput) -> 200 ListExportsOutput, wrapped "ListExportsResult";
        POST "/" => ListImports(ListImportsInput) -> 200 ListImportsOutput, wrapped "ListImportsResult";
        POST "/" => UpdateTerminationProtection(UpdateTerminationProtectionInput) -> 200 UpdateTerminationProtectionOutput, wrapped "UpdateTerminationProtectionResult";
        POST "/" => RollbackStack(RollbackStackInput) -> 200 RollbackStackOutput, wrapped "RollbackStackResult";
        POST "/" => ContinueUpdateRollback(ContinueUpdateRollbackInput) -> 200 ContinueUpdateRollbackOutput, wrapped "ContinueUpdateRollbackResult";
        POST "/" => CancelUpdateStack(CancelUpdateStackInput) -> 200 Unit;
        POST "/" => SignalResource(SignalResourceInput) -> 200 Unit;
        POST "/" => SetStackPolicy(SetStackPolicyInput) -> 200 Unit;
        POST "/" => GetStackPolicy(GetStackPolicyInput) -> 200 GetStackPolicyOutput, wrapped "GetStackPolicyResult";
        POST "/" => DescribeAccountLimits(DescribeAccountLimitsInput) -> 200 DescribeAccountLimitsOutput, wrapped "DescribeAccountLimitsResult";
        POST "/" => DetectStackDrift(DetectStackDriftInput) -> 200 DetectStackDriftOutput, wrapped "DetectStackDriftResult";
        POST "/" => DetectStackResourceDrift(DetectStackResourceDriftInput) -> 200 DetectStackResourceDriftOutput, wrapped "DetectStackResourceDriftResult";
        POST "/" => DescribeStackDriftDetectionStatus(DescribeStackDriftDetectionStatusInput) -> 200 DescribeStackDriftDetectionStatusOutput, wrapped "DescribeStackDriftDetectionStatusResult";
        POST "/" => DescribeStackResourceDrifts(DescribeStackResourceDriftsInput) -> 200 DescribeStackResourceDriftsOutput, wrapped "DescribeStackResourceDriftsResult";
    }
}

structure! { AccountLimit "AccountLimit" {
    name: optional String, "Name" as "Name";
    value: optional i32, "Value" as "Value";
} }

string_enum! { AfterValueFrom {
    Template = "TEMPLATE",
} }

string_enum! { AttributeChangeType {
    Add = "Add",
    Remove = "Remove",
    Modify = "Modify",
    SyncWithActual = "SyncWithActual",
} }

string_enum! { BeaconStackOperationStatus {
    InProgress = "IN_PROGRESS",
    Succeeded = "SUCCEEDED",
    Failed = "FAILED",
} }

string_enum! { BeforeValueFrom {
    PreviousDeploymentState = "PREVIOUS_DEPLOYMENT_STATE",
    ActualState = "ACTUAL_STATE",
} }

string_enum! { CallAs {
    Itself = "SELF",
    DelegatedAdmin = "DELEGATED_ADMIN",
} }

structure! { CancelUpdateStackInput "CancelUpdateStackInput" {
    stack_name: required String, "StackName" as "StackName";
    client_request_token: optional String, "ClientRequestToken" as "ClientRequestToken" .length(1, 128) .pattern("[a-zA-Z0-9][-a-zA-Z0-9]*");
} }

string_enum! { Capability {
    CapabilityIam = "CAPABILITY_IAM",
    CapabilityNamedIam = "CAPABILITY_NAMED_IAM",
    CapabilityAutoExpand = "CAPABILITY_AUTO_EXPAND",
} }

structure! { Change "Change" {
    r#type: optional ChangeType, "Type" as "Type" .one_of(ChangeType::VALUES);
    hook_invocation_count: optional i32, "HookInvocationCount" as "HookInvocationCount" .range(1, 100);
    resource_change: optional ResourceChange, "ResourceChange" as "ResourceChange";
} }

string_enum! { ChangeAction {
    Add = "Add",
    Modify = "Modify",
    Remove = "Remove",
    Import = "Import",
    Dynamic = "Dynamic",
    SyncWithActual = "SyncWithActual",
} }

string_enum! { ChangeSetStatus {
    CreatePending = "CREATE_PENDING",
    CreateInProgress = "CREATE_IN_PROGRESS",
    CreateComplete = "CREATE_COMPLETE",
    DeletePending = "DELETE_PENDING",
    DeleteInProgress = "DELETE_IN_PROGRESS",
    DeleteComplete = "DELETE_COMPLETE",
    DeleteFailed = "DELETE_FAILED",
    Failed = "FAILED",
} }

structure! { ChangeSetSummary "ChangeSetSummary" {
    stack_id: optional String, "StackId" as "StackId";
    stack_name: optional String, "StackName" as "StackName";
    change_set_id: optional String, "ChangeSetId" as "ChangeSetId" .length(1, u64::MAX) .pattern("arn:[-a-zA-Z0-9:/]*");
    change_set_name: optional String, "ChangeSetName" as "ChangeSetName" .length(1, 128) .pattern("[a-zA-Z][-a-zA-Z0-9]*");
    execution_status: optional ExecutionStatus, "ExecutionStatus" as "ExecutionStatus" .one_of(ExecutionStatus::VALUES);
    status: optional ChangeSetStatus, "Status" as "Status" .one_of(ChangeSetStatus::VALUES);
    status_reason: optional String, "StatusReason" as "StatusReason";
    creation_time: optional Timestamp, "CreationTime" as "CreationTime";
    description: optional String, "Description" as "Description" .length(1, 1024);
    include_nested_stacks: optional bool, "IncludeNestedStacks" as "IncludeNestedStacks";
    parent_change_set_id: optional String, "ParentChangeSetId" as "ParentChangeSetId" .length(1, u64::MAX) .pattern("arn:[-a-zA-Z0-9:/]*");
    root_change_set_id: optional String, "RootChangeSetId" as "RootChangeSetId" .length(1, u64::MAX) .pattern("arn:[-a-zA-Z0-9:/]*");
    import_existing_resources: optional bool, "ImportExistingResources" as "ImportExistingResources";
} }

string_enum! { ChangeSetType {
    Create = "CREATE",
    Update = "UPDATE",
    Import = "IMPORT",
} }

string_enum! { ChangeSource {
    ResourceReference = "ResourceReference",
    ParameterReference = "ParameterReference",
    ResourceAttribute = "ResourceAttribute",
    DirectModification = "DirectModification",
    Automatic = "Automatic",
    NoModification = "NoModification",
} }

string_enum! { ChangeType {
    Resource = "Resource",
} }

structure! { ContinueUpdateRollbackInput "ContinueUpdateRollbackInput" {
    stack_name: required String, "StackName" as "StackName" .length(1, u64::MAX) .pattern("([a-zA-Z][-a-zA-Z0-9]*)|(arn:\\b(aws|aws-us-gov|aws-cn)\\b:[-a-zA-Z0-9:/._+]*)");
    role_arn: optional String, "RoleARN" as "RoleARN" .length(20, 2048);
    resources_to_skip: optional Vec<String>, "ResourcesToSkip" as "ResourcesToSkip";
    client_request_token: optional String, "ClientRequestToken" as "ClientRequestToken" .length(1, 128) .pattern("[a-zA-Z0-9][-a-zA-Z0-9]*");
} }

structure! { ContinueUpdateRollbackOutput "ContinueUpdateRollbackOutput" {
} }

structure! { CreateChangeSetInput "CreateChangeSetInput" {
    stack_name: required String, "StackName" as "StackName" .length(1, u64::MAX) .pattern("([a-zA-Z][-a-zA-Z0-9]*)|(arn:\\b(aws|aws-us-gov|aws-cn)\\b:[-a-zA-Z0-9:/._+]*)");
    template_body: optional String, "TemplateBody" as "TemplateBody" .length(1, u64::MAX);
    template_url: optional String, "TemplateURL" as "TemplateURL" .length(1, 5120);
    use_previous_template: optional bool, "UsePreviousTemplate" as "UsePreviousTemplate";
    parameters: optional Vec<Parameter>, "Parameters" as "Parameters";
    capabilities: optional Vec<Capability>, "Capabilities" as "Capabilities";
    resource_types: optional Vec<String>, "ResourceTypes" as "ResourceTypes";
    role_arn: optional String, "RoleARN" as "RoleARN" .length(20, 2048);
    rollback_configuration: optional RollbackConfiguration, "RollbackConfiguration" as "RollbackConfiguration";
    notification_arns: optional Vec<String>, "NotificationARNs" as "NotificationARNs" .length(0, 5);
    tags: optional Vec<Tag>, "Tags" as "Tags" .length(0, 50);
    change_set_name: required String, "ChangeSetName" as "ChangeSetName" .length(1, 128) .pattern("[a-zA-Z][-a-zA-Z0-9]*");
    client_token: optional String, "ClientToken" as "ClientToken" .length(1, 128);
    description: optional String, "Description" as "Description" .length(1, 1024);
    change_set_type: optional ChangeSetType, "ChangeSetType" as "ChangeSetType" .one_of(ChangeSetType::VALUES);
    resources_to_import: optional Vec<ResourceToImport>, "ResourcesToImport" as "ResourcesToImport" .length(0, 200);
    include_nested_stacks: optional bool, "IncludeNestedStacks" as "IncludeNestedStacks";
    on_stack_failure: optional OnStackFailure, "OnStackFailure" as "OnStackFailure" .one_of(OnStackFailure::VALUES);
    import_existing_resources: optional bool, "ImportExistingResources" as "ImportExistingResources";
    deployment_mode: optional DeploymentMode, "DeploymentMode" as "DeploymentMode" .one_of(DeploymentMode::VALUES);
} }

structure! { CreateChangeSetOutput "CreateChangeSetOutput" {
    id: optional String, "Id" as "Id" .length(1, u64::MAX) .pattern("arn:[-a-zA-Z0-9:/]*");
    stack_id: optional String, "StackId" as "StackId";
} }

structure! { CreateStackInput "CreateStackInput" {
    stack_name: required String, "StackName" as "StackName";
    template_body: optional String, "TemplateBody" as "TemplateBody" .length(1, u64::MAX);
    template_url: optional String, "TemplateURL" as "TemplateURL" .length(1, 5120);
    parameters: optional Vec<Parameter>, "Parameters" as "Parameters";
    disable_rollback: optional bool, "DisableRollback" as "DisableRollback";
    rollback_configuration: optional RollbackConfiguration, "RollbackConfiguration" as "RollbackConfiguration";
    timeout_in_minutes: optional i32, "TimeoutInMinutes" as "TimeoutInMinutes" .range(1, i64::MAX);
    notification_arns: optional Vec<String>, "NotificationARNs" as "NotificationARNs" .length(0, 5);
    capabilities: optional Vec<Capability>, "Capabilities" as "Capabilities";
    resource_types: optional Vec<String>, "ResourceTypes" as "ResourceTypes";
    role_arn: optional String, "RoleARN" as "RoleARN" .length(20, 2048);
    on_failure: optional OnFailure, "OnFailure" as "OnFailure" .one_of(OnFailure::VALUES);
    stack_policy_body: optional String, "StackPolicyBody" as "StackPolicyBody" .length(1, 16384);
    stack_policy_url: optional String, "StackPolicyURL" as "StackPolicyURL" .length(1, 5120);
    tags: optional Vec<Tag>, "Tags" as "Tags" .length(0, 50);
    client_request_token: optional String, "ClientRequestToken" as "ClientRequestToken" .length(1, 128) .pattern("[a-zA-Z0-9][-a-zA-Z0-9]*");
    enable_termination_protection: optional bool, "EnableTerminationProtection" as "EnableTerminationProtection";
    retain_except_on_create: optional bool, "RetainExceptOnCreate" as "RetainExceptOnCreate";
} }

structure! { CreateStackOutput "CreateStackOutput" {
    stack_id: optional String, "StackId" as "StackId";
    operation_id: optional String, "OperationId" as "OperationId";
} }

structure! { DeleteChangeSetInput "DeleteChangeSetInput" {
    change_set_name: required String, "ChangeSetName" as "ChangeSetName" .length(1, 1600) .pattern("[a-zA-Z][-a-zA-Z0-9]*|arn:[-a-zA-Z0-9:/]*");
    stack_name: optional String, "StackName" as "StackName" .length(1, u64::MAX) .pattern("([a-zA-Z][-a-zA-Z0-9]*)|(arn:\\b(aws|aws-us-gov|aws-cn)\\b:[-a-zA-Z0-9:/._+]*)");
} }

structure! { DeleteChangeSetOutput "DeleteChangeSetOutput" {
} }

structure! { DeleteStackInput "DeleteStackInput" {
    stack_name: required String, "StackName" as "StackName";
    retain_resources: optional Vec<String>, "RetainResources" as "RetainResources";
    role_arn: optional String, "RoleARN" as "RoleARN" .length(20, 2048);
    client_request_token: optional String, "ClientRequestToken" as "ClientRequestToken" .length(1, 128) .pattern("[a-zA-Z0-9][-a-zA-Z0-9]*");
    deletion_mode: optional DeletionMode, "DeletionMode" as "DeletionMode" .one_of(DeletionMode::VALUES);
} }

string_enum! { DeletionMode {
    Standard = "STANDARD",
    ForceDeleteStack = "FORCE_DELETE_STACK",
} }

string_enum! { DeploymentMode {
    RevertDrift = "REVERT_DRIFT",
} }

structure! { DescribeAccountLimitsInput "DescribeAccountLimitsInput" {
    next_token: optional String, "NextToken" as "NextToken" .length(1, 1024);
} }

structure! { DescribeAccountLimitsOutput "DescribeAccountLimitsOutput" {
    account_limits: optional Vec<AccountLimit>, "AccountLimits" as "AccountLimits";
    next_token: optional String, "NextToken" as "NextToken" .length(1, 1024);
} }

structure! { DescribeChangeSetInput "DescribeChangeSetInput" {
    change_set_name: required String, "ChangeSetName" as "ChangeSetName" .length(1, 1600) .pattern("[a-zA-Z][-a-zA-Z0-9]*|arn:[-a-zA-Z0-9:/]*");
    stack_name: optional String, "StackName" as "StackName" .length(1, u64::MAX) .pattern("([a-zA-Z][-a-zA-Z0-9]*)|(arn:\\b(aws|aws-us-gov|aws-cn)\\b:[-a-zA-Z0-9:/._+]*)");
    next_token: optional String, "NextToken" as "NextToken" .length(1, 1024);
    include_property_values: optional bool, "IncludePropertyValues" as "IncludePropertyValues";
} }

structure! { DescribeChangeSetOutput "DescribeChangeSetOutput" {
    change_set_name: optional String, "ChangeSetName" as "ChangeSetName" .length(1, 128) .pattern("[a-zA-Z][-a-zA-Z0-9]*");
    change_set_id: optional String, "ChangeSetId" as "ChangeSetId" .length(1, u64::MAX) .pattern("arn:[-a-zA-Z0-9:/]*");
    stack_id: optional String, "StackId" as "StackId";
    stack_name: optional String, "StackName" as "StackName";
    description: optional String, "Description" as "Description" .length(1, 1024);
    parameters: optional Vec<Parameter>, "Parameters" as "Parameters";
    creation_time: optional Timestamp, "CreationTime" as "CreationTime";
    execution_status: optional ExecutionStatus, "ExecutionStatus" as "ExecutionStatus" .one_of(ExecutionStatus::VALUES);
    status: optional ChangeSetStatus, "Status" as "Status" .one_of(ChangeSetStatus::VALUES);
    status_reason: optional String, "StatusReason" as "StatusReason";
    stack_drift_status: optional StackDriftStatus, "StackDriftStatus" as "StackDriftStatus" .one_of(StackDriftStatus::VALUES);
    notification_arns: optional Vec<String>, "NotificationARNs" as "NotificationARNs" .length(0, 5);
    rollback_configuration: optional RollbackConfiguration, "RollbackConfiguration" as "RollbackConfiguration";
    capabilities: optional Vec<Capability>, "Capabilities" as "Capabilities";
    tags: optional Vec<Tag>, "Tags" as "Tags" .length(0, 50);
    changes: optional Vec<Change>, "Changes" as "Changes";
    next_token: optional String, "NextToken" as "NextToken" .length(1, 1024);
    include_nested_stacks: optional bool, "IncludeNestedStacks" as "IncludeNestedStacks";
    parent_change_set_id: optional String, "ParentChangeSetId" as "ParentChangeSetId" .length(1, u64::MAX) .pattern("arn:[-a-zA-Z0-9:/]*");
    root_change_set_id: optional String, "RootChangeSetId" as "RootChangeSetId" .length(1, u64::MAX) .pattern("arn:[-a-zA-Z0-9:/]*");
    on_stack_failure: optional OnStackFailure, "OnStackFailure" as "OnStackFailure" .one_of(OnStackFailure::VALUES);
    import_existing_resources: optional bool, "ImportExistingResources" as "ImportExistingResources";
    deployment_mode: optional DeploymentMode, "DeploymentMode" as "DeploymentMode" .one_of(DeploymentMode::VALUES);
} }

structure! { DescribeEventsInput "DescribeEventsInput" {
    stack_name: optional String, "StackName" as "StackName" .length(1, u64::MAX) .pattern("([a-zA-Z][-a-zA-Z0-9]*)|(arn:\\b(aws|aws-us-gov|aws-cn)\\b:[-a-zA-Z0-9:/._+]*)");
    change_set_name: optional String, "ChangeSetName" as "ChangeSetName" .length(1, 1600) .pattern("[a-zA-Z][-a-zA-Z0-9]*|arn:[-a-zA-Z0-9:/]*");
    operation_id: optional String, "OperationId" as "OperationId";
    filters: optional EventFilter, "Filters" as "Filters";
    next_token: optional String, "NextToken" as "NextToken" .length(1, 1024);
} }

structure! { DescribeEventsOutput "DescribeEventsOutput" {
    operation_events: optional Vec<OperationEvent>, "OperationEvents" as "OperationEvents";
    next_token: optional String, "NextToken" as "NextToken" .length(1, 1024);
} }

structure! { DescribeStackDriftDetectionStatusInput "DescribeStackDriftDetectionStatusInput" {
    stack_drift_detection_id: required String, "StackDriftDetectionId" as "StackDriftDetectionId" .length(1, 36);
} }

structure! { DescribeStackDriftDetectionStatusOutput "DescribeStackDriftDetectionStatusOutput" {
    stack_id: required String, "StackId" as "StackId";
    stack_drift_detection_id: required String, "StackDriftDetectionId" as "StackDriftDetectionId" .length(1, 36);
    stack_drift_status: optional StackDriftStatus, "StackDriftStatus" as "StackDriftStatus" .one_of(StackDriftStatus::VALUES);
    detection_status: required StackDriftDetectionStatus, "DetectionStatus" as "DetectionStatus" .one_of(StackDriftDetectionStatus::VALUES);
    detection_status_reason: optional String, "DetectionStatusReason" as "DetectionStatusReason";
    drifted_stack_resource_count: optional i32, "DriftedStackResourceCount" as "DriftedStackResourceCount";
    timestamp: required Timestamp, "Timestamp" as "Timestamp";
} }

structure! { DescribeStackEventsInput "DescribeStackEventsInput" {
    stack_name: required String, "StackName" as "StackName";
    next_token: optional String, "NextToken" as "NextToken" .length(1, 1024);
} }

structure! { DescribeStackEventsOutput "DescribeStackEventsOutput" {
    stack_events: optional Vec<StackEvent>, "StackEvents" as "StackEvents";
    next_token: optional String, "NextToken" as "NextToken" .length(1, 1024);
} }

structure! { DescribeStackResourceDriftsInput "DescribeStackResourceDriftsInput" {
    stack_name: required String, "StackName" as "StackName" .length(1, u64::MAX) .pattern("([a-zA-Z][-a-zA-Z0-9]*)|(arn:\\b(aws|aws-us-gov|aws-cn)\\b:[-a-zA-Z0-9:/._+]*)");
    stack_resource_drift_status_filters: optional Vec<StackResourceDriftStatus>, "StackResourceDriftStatusFilters" as "StackResourceDriftStatusFilters" .length(1, 4);
    next_token: optional String, "NextToken" as "NextToken" .length(1, 1024);
    max_results: optional i32, "MaxResults" as "MaxResults" .range(1, 100);
} }

structure! { DescribeStackResourceDriftsOutput "DescribeStackResourceDriftsOutput" {
    stack_resource_drifts: required Vec<StackResourceDrift>, "StackResourceDrifts" as "StackResourceDrifts";
    next_token: optional String, "NextToken" as "NextToken" .length(1, 1024);
} }

structure! { DescribeStackResourceInput "DescribeStackResourceInput" {
    stack_name: required String, "StackName" as "StackName";
    logical_resource_id: required String, "LogicalResourceId" as "LogicalResourceId";
} }

structure! { DescribeStackResourceOutput "DescribeStackResourceOutput" {
    stack_resource_detail: optional StackResourceDetail, "StackResourceDetail" as "StackResourceDetail";
} }

structure! { DescribeStackResourcesInput "DescribeStackResourcesInput" {
    stack_name: optional String, "StackName" as "StackName";
    logical_resource_id: optional String, "LogicalResourceId" as "LogicalResourceId";
    physical_resource_id: optional String, "PhysicalResourceId" as "PhysicalResourceId";
} }

structure! { DescribeStackResourcesOutput "DescribeStackResourcesOutput" {
    stack_resources: optional Vec<StackResource>, "StackResources" as "StackResources";
} }

structure! { DescribeStacksInput "DescribeStacksInput" {
    stack_name: optional String, "StackName" as "StackName";
    next_token: optional String, "NextToken" as "NextToken" .length(1, 1024);
} }

structure! { DescribeStacksOutput "DescribeStacksOutput" {
    stacks: optional Vec<Stack>, "Stacks" as "Stacks";
    next_token: optional String, "NextToken" as "NextToken" .length(1, 1024);
} }

string_enum! { DetailedStatus {
    ConfigurationComplete = "CONFIGURATION_COMPLETE",
    ValidationFailed = "VALIDATION_FAILED",
} }

structure! { DetectStackDriftInput "DetectStackDriftInput" {
    stack_name: required String, "StackName" as "StackName" .length(1, u64::MAX) .pattern("([a-zA-Z][-a-zA-Z0-9]*)|(arn:\\b(aws|aws-us-gov|aws-cn)\\b:[-a-zA-Z0-9:/._+]*)");
    logical_resource_ids: optional Vec<String>, "LogicalResourceIds" as "LogicalResourceIds" .length(1, 200);
} }

structure! { DetectStackDriftOutput "DetectStackDriftOutput" {
    stack_drift_detection_id: required String, "StackDriftDetectionId" as "StackDriftDetectionId" .length(1, 36);
} }

structure! { DetectStackResourceDriftInput "DetectStackResourceDriftInput" {
    stack_name: required String, "StackName" as "StackName" .length(1, u64::MAX) .pattern("([a-zA-Z][-a-zA-Z0-9]*)|(arn:\\b(aws|aws-us-gov|aws-cn)\\b:[-a-zA-Z0-9:/._+]*)");
    logical_resource_id: required String, "LogicalResourceId" as "LogicalResourceId";
} }

structure! { DetectStackResourceDriftOutput "DetectStackResourceDriftOutput" {
    stack_resource_drift: required StackResourceDrift, "StackResourceDrift" as "StackResourceDrift";
} }

string_enum! { DifferenceType {
    Add = "ADD",
    Remove = "REMOVE",
    NotEqual = "NOT_EQUAL",
} }

string_enum! { DriftIgnoredReason {
    ManagedByAws = "MANAGED_BY_AWS",
    WriteOnlyProperty = "WRITE_ONLY_PROPERTY",
} }

string_enum! { EvaluationType {
    Static = "Static",
    Dynamic = "Dynamic",
} }

structure! { EventFilter "EventFilter" {
    failed_events: optional bool, "FailedEvents" as "FailedEvents";
} }

string_enum! { EventType {
    StackEvent = "STACK_EVENT",
    ProgressEvent = "PROGRESS_EVENT",
    ValidationError = "VALIDATION_ERROR",
    ProvisioningError = "PROVISIONING_ERROR",
    HookInvocationError = "HOOK_INVOCATION_ERROR",
} }

structure! { ExecuteChangeSetInput "ExecuteChangeSetInput" {
    change_set_name: required String, "ChangeSetName" as "ChangeSetName" .length(1, 1600) .pattern("[a-zA-Z][-a-zA-Z0-9]*|arn:[-a-zA-Z0-9:/]*");
    stack_name: optional String, "StackName" as "StackName" .length(1, u64::MAX) .pattern("([a-zA-Z][-a-zA-Z0-9]*)|(arn:\\b(aws|aws-us-gov|aws-cn)\\b:[-a-zA-Z0-9:/._+]*)");
    client_request_token: optional String, "ClientRequestToken" as "ClientRequestToken" .length(1, 128) .pattern("[a-zA-Z0-9][-a-zA-Z0-9]*");
    disable_rollback: optional bool, "DisableRollback" as "DisableRollback";
    retain_except_on_create: optional bool, "RetainExceptOnCreate" as "RetainExceptOnCreate";
} }

structure! { ExecuteChangeSetOutput "ExecuteChangeSetOutput" {
} }

string_enum! { ExecutionStatus {
    Unavailable = "UNAVAILABLE",
    Available = "AVAILABLE",
    ExecuteInProgress = "EXECUTE_IN_PROGRESS",
    ExecuteComplete = "EXECUTE_COMPLETE",
    ExecuteFailed = "EXECUTE_FAILED",
    Obsolete = "OBSOLETE",
} }

structure! { Export "Export" {
    exporting_stack_id: optional String, "ExportingStackId" as "ExportingStackId";
    name: optional String, "Name" as "Name";
    value: optional String, "Value" as "Value";
} }

structure! { GetStackPolicyInput "GetStackPolicyInput" {
    stack_name: required String, "StackName" as "StackName";
} }

structure! { GetStackPolicyOutput "GetStackPolicyOutput" {
    stack_policy_body: optional String, "StackPolicyBody" as "StackPolicyBody" .length(1, 16384);
} }

structure! { GetTemplateInput "GetTemplateInput" {
    stack_name: optional String, "StackName" as "StackName";
    change_set_name: optional String, "ChangeSetName" as "ChangeSetName" .length(1, 1600) .pattern("[a-zA-Z][-a-zA-Z0-9]*|arn:[-a-zA-Z0-9:/]*");
    template_stage: optional TemplateStage, "TemplateStage" as "TemplateStage" .one_of(TemplateStage::VALUES);
} }

structure! { GetTemplateOutput "GetTemplateOutput" {
    template_body: optional String, "TemplateBody" as "TemplateBody" .length(1, u64::MAX);
    stages_available: optional Vec<TemplateStage>, "StagesAvailable" as "StagesAvailable";
} }

structure! { GetTemplateSummaryInput "GetTemplateSummaryInput" {
    template_body: optional String, "TemplateBody" as "TemplateBody" .length(1, u64::MAX);
    template_url: optional String, "TemplateURL" as "TemplateURL" .length(1, 5120);
    stack_name: optional String, "StackName" as "StackName" .length(1, u64::MAX) .pattern("([a-zA-Z][-a-zA-Z0-9]*)|(arn:\\b(aws|aws-us-gov|aws-cn)\\b:[-a-zA-Z0-9:/._+]*)");
    stack_set_name: optional String, "StackSetName" as "StackSetName" .pattern("[a-zA-Z][-a-zA-Z0-9]*(?::[a-zA-Z0-9]{8}-[a-zA-Z0-9]{4}-[a-zA-Z0-9]{4}-[a-zA-Z0-9]{4}-[a-zA-Z0-9]{12})?");
    call_as: optional CallAs, "CallAs" as "CallAs" .one_of(CallAs::VALUES);
    template_summary_config: optional TemplateSummaryConfig, "TemplateSummaryConfig" as "TemplateSummaryConfig";
} }

structure! { GetTemplateSummaryOutput "GetTemplateSummaryOutput" {
    parameters: optional Vec<ParameterDeclaration>, "Parameters" as "Parameters";
    description: optional String, "Description" as "Description" .length(1, 1024);
    capabilities: optional Vec<Capability>, "Capabilities" as "Capabilities";
    capabilities_reason: optional String, "CapabilitiesReason" as "CapabilitiesReason";
    resource_types: optional Vec<String>, "ResourceTypes" as "ResourceTypes";
    version: optional String, "Version" as "Version";
    metadata: optional String, "Metadata" as "Metadata";
    declared_transforms: optional Vec<String>, "DeclaredTransforms" as "DeclaredTransforms";
    resource_identifier_summaries: optional Vec<ResourceIdentifierSummary>, "ResourceIdentifierSummaries" as "ResourceIdentifierSummaries";
    warnings: optional Warnings, "Warnings" as "Warnings";
} }

string_enum! { HookFailureMode {
    Fail = "FAIL",
    Warn = "WARN",
} }

string_enum! { HookInvocationPoint {
    PreProvision = "PRE_PROVISION",
} }

string_enum! { HookStatus {
    HookInProgress = "HOOK_IN_PROGRESS",
    HookCompleteSucceeded = "HOOK_COMPLETE_SUCCEEDED",
    HookCompleteFailed = "HOOK_COMPLETE_FAILED",
    HookFailed = "HOOK_FAILED",
} }

structure! { ListChangeSetsInput "ListChangeSetsInput" {
    stack_name: required String, "StackName" as "StackName" .length(1, u64::MAX) .pattern("([a-zA-Z][-a-zA-Z0-9]*)|(arn:\\b(aws|aws-us-gov|aws-cn)\\b:[-a-zA-Z0-9:/._+]*)");
    next_token: optional String, "NextToken" as "NextToken" .length(1, 1024);
} }

structure! { ListChangeSetsOutput "ListChangeSetsOutput" {
    summaries: optional Vec<ChangeSetSummary>, "Summaries" as "Summaries";
    next_token: optional String, "NextToken" as "NextToken" .length(1, 1024);
} }

structure! { ListExportsInput "ListExportsInput" {
    next_token: optional String, "NextToken" as "NextToken" .length(1, 1024);
} }

structure! { ListExportsOutput "ListExportsOutput" {
    exports: optional Vec<Export>, "Exports" as "Exports";
    next_token: optional String, "NextToken" as "NextToken" .length(1, 1024);
} }

structure! { ListImportsInput "ListImportsInput" {
    export_name: required String, "ExportName" as "ExportName";
    next_token: optional String, "NextToken" as "NextToken" .length(1, 1024);
} }

structure! { ListImportsOutput "ListImportsOutput" {
    imports: optional Vec<String>, "Imports" as "Imports";
    next_token: optional String, "NextToken" as "NextToken" .length(1, 1024);
} }

structure! { ListStackResourcesInput "ListStackResourcesInput" {
    stack_name: required String, "StackName" as "StackName";
    next_token: optional String, "NextToken" as "NextToken" .length(1, 1024);
} }

structure! { ListStackResourcesOutput "ListStackResourcesOutput" {
    stack_resource_summaries: optional Vec<StackResourceSummary>, "StackResourceSummaries" as "StackResourceSummaries";
    next_token: optional String, "NextToken" as "NextToken" .length(1, 1024);
} }

structure! { ListStacksInput "ListStacksInput" {
    next_token: optional String, "NextToken" as "NextToken" .length(1, 1024);
    stack_status_filter: optional Vec<StackStatus>, "StackStatusFilter" as "StackStatusFilter";
} }

structure! { ListStacksOutput "ListStacksOutput" {
    stack_summaries: optional Vec<StackSummary>, "StackSummaries" as "StackSummaries";
    next_token: optional String, "NextToken" as "NextToken" .length(1, 1024);
} }

structure! { LiveResourceDrift "LiveResourceDrift" {
    previous_value: optional String, "PreviousValue" as "PreviousValue";
    actual_value: optional String, "ActualValue" as "ActualValue";
    drift_detection_timestamp: optional Timestamp, "DriftDetectionTimestamp" as "DriftDetectionTimestamp";
} }

structure! { ModuleInfo "ModuleInfo" {
    type_hierarchy: optional String, "TypeHierarchy" as "TypeHierarchy";
    logical_id_hierarchy: optional String, "LogicalIdHierarchy" as "LogicalIdHierarchy";
} }

string_enum! { OnFailure {
    DoNothing = "DO_NOTHING",
    Rollback = "ROLLBACK",
    Delete = "DELETE",
} }

string_enum! { OnStackFailure {
    DoNothing = "DO_NOTHING",
    Rollback = "ROLLBACK",
    Delete = "DELETE",
} }

structure! { OperationEntry "OperationEntry" {
    operation_type: optional OperationType, "OperationType" as "OperationType" .one_of(OperationType::VALUES);
    operation_id: optional String, "OperationId" as "OperationId";
} }

structure! { OperationEvent "OperationEvent" {
    event_id: optional String, "EventId" as "EventId";
    stack_id: optional String, "StackId" as "StackId";
    operation_id: optional String, "OperationId" as "OperationId";
    operation_type: optional OperationType, "OperationType" as "OperationType" .one_of(OperationType::VALUES);
    operation_status: optional BeaconStackOperationStatus, "OperationStatus" as "OperationStatus" .one_of(BeaconStackOperationStatus::VALUES);
    event_type: optional EventType, "EventType" as "EventType" .one_of(EventType::VALUES);
    logical_resource_id: optional String, "LogicalResourceId" as "LogicalResourceId";
    physical_resource_id: optional String, "PhysicalResourceId" as "PhysicalResourceId";
    resource_type: optional String, "ResourceType" as "ResourceType" .length(1, 256);
    timestamp: optional Timestamp, "Timestamp" as "Timestamp";
    start_time: optional Timestamp, "StartTime" as "StartTime";
    end_time: optional Timestamp, "EndTime" as "EndTime";
    resource_status: optional ResourceStatus, "ResourceStatus" as "ResourceStatus" .one_of(ResourceStatus::VALUES);
    resource_status_reason: optional String, "ResourceStatusReason" as "ResourceStatusReason";
    resource_properties: optional String, "ResourceProperties" as "ResourceProperties";
    client_request_token: optional String, "ClientRequestToken" as "ClientRequestToken" .length(1, 128) .pattern("[a-zA-Z0-9][-a-zA-Z0-9]*");
    hook_type: optional String, "HookType" as "HookType" .length(1, 255);
    hook_status: optional HookStatus, "HookStatus" as "HookStatus" .one_of(HookStatus::VALUES);
    hook_status_reason: optional String, "HookStatusReason" as "HookStatusReason" .length(1, 1024);
    hook_invocation_point: optional HookInvocationPoint, "HookInvocationPoint" as "HookInvocationPoint" .one_of(HookInvocationPoint::VALUES);
    hook_failure_mode: optional HookFailureMode, "HookFailureMode" as "HookFailureMode" .one_of(HookFailureMode::VALUES);
    detailed_status: optional DetailedStatus, "DetailedStatus" as "DetailedStatus" .one_of(DetailedStatus::VALUES);
    validation_failure_mode: optional HookFailureMode, "ValidationFailureMode" as "ValidationFailureMode" .one_of(HookFailureMode::VALUES);
    validation_name: optional String, "ValidationName" as "ValidationName";
    validation_status: optional ValidationStatus, "ValidationStatus" as "ValidationStatus" .one_of(ValidationStatus::VALUES);
    validation_status_reason: optional String, "ValidationStatusReason" as "ValidationStatusReason";
    validation_path: optional String, "ValidationPath" as "ValidationPath";
} }

string_enum! { OperationType {
    CreateStack = "CREATE_STACK",
    UpdateStack = "UPDATE_STACK",
    DeleteStack = "DELETE_STACK",
    ContinueRollback = "CONTINUE_ROLLBACK",
    Rollback = "ROLLBACK",
    CreateChangeset = "CREATE_CHANGESET",
} }

structure! { Output "Output" {
    output_key: optional String, "OutputKey" as "OutputKey";
    output_value: optional String, "OutputValue" as "OutputValue";
    description: optional String, "Description" as "Description" .length(1, 1024);
    export_name: optional String, "ExportName" as "ExportName";
} }

structure! { Parameter "Parameter" {
    parameter_key: optional String, "ParameterKey" as "ParameterKey";
    parameter_value: optional String, "ParameterValue" as "ParameterValue";
    use_previous_value: optional bool, "UsePreviousValue" as "UsePreviousValue";
    resolved_value: optional String, "ResolvedValue" as "ResolvedValue";
} }

structure! { ParameterConstraints "ParameterConstraints" {
    allowed_values: optional Vec<String>, "AllowedValues" as "AllowedValues";
} }

structure! { ParameterDeclaration "ParameterDeclaration" {
    parameter_key: optional String, "ParameterKey" as "ParameterKey";
    default_value: optional String, "DefaultValue" as "DefaultValue";
    parameter_type: optional String, "ParameterType" as "ParameterType";
    no_echo: optional bool, "NoEcho" as "NoEcho";
    description: optional String, "Description" as "Description" .length(1, 1024);
    parameter_constraints: optional ParameterConstraints, "ParameterConstraints" as "ParameterConstraints";
} }

structure! { PhysicalResourceIdContextKeyValuePair "PhysicalResourceIdContextKeyValuePair" {
    key: required String, "Key" as "Key";
    value: required String, "Value" as "Value";
} }

string_enum! { PolicyAction {
    Delete = "Delete",
    Retain = "Retain",
    Snapshot = "Snapshot",
    ReplaceAndDelete = "ReplaceAndDelete",
    ReplaceAndRetain = "ReplaceAndRetain",
    ReplaceAndSnapshot = "ReplaceAndSnapshot",
} }

structure! { PropertyDifference "PropertyDifference" {
    property_path: required String, "PropertyPath" as "PropertyPath";
    expected_value: required String, "ExpectedValue" as "ExpectedValue";
    actual_value: required String, "ActualValue" as "ActualValue";
    difference_type: required DifferenceType, "DifferenceType" as "DifferenceType" .one_of(DifferenceType::VALUES);
} }

string_enum! { Replacement {
    True = "True",
    False = "False",
    Conditional = "Conditional",
} }

string_enum! { RequiresRecreation {
    Never = "Never",
    Conditionally = "Conditionally",
    Always = "Always",
} }

string_enum! { ResourceAttribute {
    Properties = "Properties",
    Metadata = "Metadata",
    CreationPolicy = "CreationPolicy",
    UpdatePolicy = "UpdatePolicy",
    DeletionPolicy = "DeletionPolicy",
    UpdateReplacePolicy = "UpdateReplacePolicy",
    Tags = "Tags",
} }

structure! { ResourceChange "ResourceChange" {
    policy_action: optional PolicyAction, "PolicyAction" as "PolicyAction" .one_of(PolicyAction::VALUES);
    action: optional ChangeAction, "Action" as "Action" .one_of(ChangeAction::VALUES);
    logical_resource_id: optional String, "LogicalResourceId" as "LogicalResourceId";
    physical_resource_id: optional String, "PhysicalResourceId" as "PhysicalResourceId";
    resource_type: optional String, "ResourceType" as "ResourceType" .length(1, 256);
    replacement: optional Replacement, "Replacement" as "Replacement" .one_of(Replacement::VALUES);
    scope: optional Vec<ResourceAttribute>, "Scope" as "Scope";
    resource_drift_status: optional StackResourceDriftStatus, "ResourceDriftStatus" as "ResourceDriftStatus" .one_of(StackResourceDriftStatus::VALUES);
    resource_drift_ignored_attributes: optional Vec<ResourceDriftIgnoredAttribute>, "ResourceDriftIgnoredAttributes" as "ResourceDriftIgnoredAttributes";
    details: optional Vec<ResourceChangeDetail>, "Details" as "Details";
    change_set_id: optional String, "ChangeSetId" as "ChangeSetId" .length(1, u64::MAX) .pattern("arn:[-a-zA-Z0-9:/]*");
    module_info: optional ModuleInfo, "ModuleInfo" as "ModuleInfo";
    before_context: optional String, "BeforeContext" as "BeforeContext";
    after_context: optional String, "AfterContext" as "AfterContext";
    previous_deployment_context: optional String, "PreviousDeploymentContext" as "PreviousDeploymentContext";
} }

structure! { ResourceChangeDetail "ResourceChangeDetail" {
    target: optional ResourceTargetDefinition, "Target" as "Target";
    evaluation: optional EvaluationType, "Evaluation" as "Evaluation" .one_of(EvaluationType::VALUES);
    change_source: optional ChangeSource, "ChangeSource" as "ChangeSource" .one_of(ChangeSource::VALUES);
    causing_entity: optional String, "CausingEntity" as "CausingEntity";
} }

structure! { ResourceDriftIgnoredAttribute "ResourceDriftIgnoredAttribute" {
    path: optional String, "Path" as "Path";
    reason: optional DriftIgnoredReason, "Reason" as "Reason" .one_of(DriftIgnoredReason::VALUES);
} }

structure! { ResourceIdentifierSummary "ResourceIdentifierSummary" {
    resource_type: optional String, "ResourceType" as "ResourceType" .length(1, 256);
    logical_resource_ids: optional Vec<String>, "LogicalResourceIds" as "LogicalResourceIds" .length(1, 200);
    resource_identifiers: optional Vec<String>, "ResourceIdentifiers" as "ResourceIdentifiers";
} }

string_enum! { ResourceSignalStatus {
    Success = "SUCCESS",
    Failure = "FAILURE",
} }

string_enum! { ResourceStatus {
    CreateInProgress = "CREATE_IN_PROGRESS",
    CreateFailed = "CREATE_FAILED",
    CreateComplete = "CREATE_COMPLETE",
    DeleteInProgress = "DELETE_IN_PROGRESS",
    DeleteFailed = "DELETE_FAILED",
    DeleteComplete = "DELETE_COMPLETE",
    DeleteSkipped = "DELETE_SKIPPED",
    UpdateInProgress = "UPDATE_IN_PROGRESS",
    UpdateFailed = "UPDATE_FAILED",
    UpdateComplete = "UPDATE_COMPLETE",
    ImportFailed = "IMPORT_FAILED",
    ImportComplete = "IMPORT_COMPLETE",
    ImportInProgress = "IMPORT_IN_PROGRESS",
    ImportRollbackInProgress = "IMPORT_ROLLBACK_IN_PROGRESS",
    ImportRollbackFailed = "IMPORT_ROLLBACK_FAILED",
    ImportRollbackComplete = "IMPORT_ROLLBACK_COMPLETE",
    ExportFailed = "EXPORT_FAILED",
    ExportComplete = "EXPORT_COMPLETE",
    ExportInProgress = "EXPORT_IN_PROGRESS",
    ExportRollbackInProgress = "EXPORT_ROLLBACK_IN_PROGRESS",
    ExportRollbackFailed = "EXPORT_ROLLBACK_FAILED",
    ExportRollbackComplete = "EXPORT_ROLLBACK_COMPLETE",
    UpdateRollbackInProgress = "UPDATE_ROLLBACK_IN_PROGRESS",
    UpdateRollbackComplete = "UPDATE_ROLLBACK_COMPLETE",
    UpdateRollbackFailed = "UPDATE_ROLLBACK_FAILED",
    RollbackInProgress = "ROLLBACK_IN_PROGRESS",
    RollbackComplete = "ROLLBACK_COMPLETE",
    RollbackFailed = "ROLLBACK_FAILED",
} }

structure! { ResourceTargetDefinition "ResourceTargetDefinition" {
    attribute: optional ResourceAttribute, "Attribute" as "Attribute" .one_of(ResourceAttribute::VALUES);
    name: optional String, "Name" as "Name";
    requires_recreation: optional RequiresRecreation, "RequiresRecreation" as "RequiresRecreation" .one_of(RequiresRecreation::VALUES);
    path: optional String, "Path" as "Path";
    before_value: optional String, "BeforeValue" as "BeforeValue";
    after_value: optional String, "AfterValue" as "AfterValue";
    before_value_from: optional BeforeValueFrom, "BeforeValueFrom" as "BeforeValueFrom" .one_of(BeforeValueFrom::VALUES);
    after_value_from: optional AfterValueFrom, "AfterValueFrom" as "AfterValueFrom" .one_of(AfterValueFrom::VALUES);
    drift: optional LiveResourceDrift, "Drift" as "Drift";
    attribute_change_type: optional AttributeChangeType, "AttributeChangeType" as "AttributeChangeType" .one_of(AttributeChangeType::VALUES);
} }

structure! { ResourceToImport "ResourceToImport" {
    resource_type: required String, "ResourceType" as "ResourceType" .length(1, 256);
    logical_resource_id: required String, "LogicalResourceId" as "LogicalResourceId";
    resource_identifier: required BTreeMap<String, String>, "ResourceIdentifier" as "ResourceIdentifier" .length(1, 256);
} }

structure! { RollbackConfiguration "RollbackConfiguration" {
    rollback_triggers: optional Vec<RollbackTrigger>, "RollbackTriggers" as "RollbackTriggers" .length(0, 5);
    monitoring_time_in_minutes: optional i32, "MonitoringTimeInMinutes" as "MonitoringTimeInMinutes" .range(0, 180);
} }

structure! { RollbackStackInput "RollbackStackInput" {
    stack_name: required String, "StackName" as "StackName" .length(1, u64::MAX) .pattern("([a-zA-Z][-a-zA-Z0-9]*)|(arn:\\b(aws|aws-us-gov|aws-cn)\\b:[-a-zA-Z0-9:/._+]*)");
    role_arn: optional String, "RoleARN" as "RoleARN" .length(20, 2048);
    client_request_token: optional String, "ClientRequestToken" as "ClientRequestToken" .length(1, 128) .pattern("[a-zA-Z0-9][-a-zA-Z0-9]*");
    retain_except_on_create: optional bool, "RetainExceptOnCreate" as "RetainExceptOnCreate";
} }

structure! { RollbackStackOutput "RollbackStackOutput" {
    stack_id: optional String, "StackId" as "StackId";
    operation_id: optional String, "OperationId" as "OperationId";
} }

structure! { RollbackTrigger "RollbackTrigger" {
    arn: required String, "Arn" as "Arn";
    r#type: required String, "Type" as "Type";
} }

structure! { SetStackPolicyInput "SetStackPolicyInput" {
    stack_name: required String, "StackName" as "StackName";
    stack_policy_body: optional String, "StackPolicyBody" as "StackPolicyBody" .length(1, 16384);
    stack_policy_url: optional String, "StackPolicyURL" as "StackPolicyURL" .length(1, 5120);
} }

structure! { SignalResourceInput "SignalResourceInput" {
    stack_name: required String, "StackName" as "StackName" .length(1, u64::MAX) .pattern("([a-zA-Z][-a-zA-Z0-9]*)|(arn:\\b(aws|aws-us-gov|aws-cn)\\b:[-a-zA-Z0-9:/._+]*)");
    logical_resource_id: required String, "LogicalResourceId" as "LogicalResourceId";
    unique_id: required String, "UniqueId" as "UniqueId" .length(1, 64);
    status: required ResourceSignalStatus, "Status" as "Status" .one_of(ResourceSignalStatus::VALUES);
} }

structure! { Stack "Stack" {
    stack_id: optional String, "StackId" as "StackId";
    stack_name: required String, "StackName" as "StackName";
    change_set_id: optional String, "ChangeSetId" as "ChangeSetId" .length(1, u64::MAX) .pattern("arn:[-a-zA-Z0-9:/]*");
    description: optional String, "Description" as "Description" .length(1, 1024);
    parameters: optional Vec<Parameter>, "Parameters" as "Parameters";
    creation_time: required Timestamp, "CreationTime" as "CreationTime";
    deletion_time: optional Timestamp, "DeletionTime" as "DeletionTime";
    last_updated_time: optional Timestamp, "LastUpdatedTime" as "LastUpdatedTime";
    rollback_configuration: optional RollbackConfiguration, "RollbackConfiguration" as "RollbackConfiguration";
    stack_status: required StackStatus, "StackStatus" as "StackStatus" .one_of(StackStatus::VALUES);
    stack_status_reason: optional String, "StackStatusReason" as "StackStatusReason";
    disable_rollback: optional bool, "DisableRollback" as "DisableRollback";
    notification_arns: optional Vec<String>, "NotificationARNs" as "NotificationARNs" .length(0, 5);
    timeout_in_minutes: optional i32, "TimeoutInMinutes" as "TimeoutInMinutes" .range(1, i64::MAX);
    capabilities: optional Vec<Capability>, "Capabilities" as "Capabilities";
    outputs: optional Vec<Output>, "Outputs" as "Outputs";
    role_arn: optional String, "RoleARN" as "RoleARN" .length(20, 2048);
    tags: optional Vec<Tag>, "Tags" as "Tags" .length(0, 50);
    enable_termination_protection: optional bool, "EnableTerminationProtection" as "EnableTerminationProtection";
    parent_id: optional String, "ParentId" as "ParentId";
    root_id: optional String, "RootId" as "RootId";
    drift_information: optional StackDriftInformation, "DriftInformation" as "DriftInformation";
    retain_except_on_create: optional bool, "RetainExceptOnCreate" as "RetainExceptOnCreate";
    deletion_mode: optional DeletionMode, "DeletionMode" as "DeletionMode" .one_of(DeletionMode::VALUES);
    detailed_status: optional DetailedStatus, "DetailedStatus" as "DetailedStatus" .one_of(DetailedStatus::VALUES);
    last_operations: optional Vec<OperationEntry>, "LastOperations" as "LastOperations";
} }

string_enum! { StackDriftDetectionStatus {
    DetectionInProgress = "DETECTION_IN_PROGRESS",
    DetectionFailed = "DETECTION_FAILED",
    DetectionComplete = "DETECTION_COMPLETE",
} }

structure! { StackDriftInformation "StackDriftInformation" {
    stack_drift_status: required StackDriftStatus, "StackDriftStatus" as "StackDriftStatus" .one_of(StackDriftStatus::VALUES);
    last_check_timestamp: optional Timestamp, "LastCheckTimestamp" as "LastCheckTimestamp";
} }

structure! { StackDriftInformationSummary "StackDriftInformationSummary" {
    stack_drift_status: required StackDriftStatus, "StackDriftStatus" as "StackDriftStatus" .one_of(StackDriftStatus::VALUES);
    last_check_timestamp: optional Timestamp, "LastCheckTimestamp" as "LastCheckTimestamp";
} }

string_enum! { StackDriftStatus {
    Drifted = "DRIFTED",
    InSync = "IN_SYNC",
    Unknown = "UNKNOWN",
    NotChecked = "NOT_CHECKED",
} }

structure! { StackEvent "StackEvent" {
    stack_id: required String, "StackId" as "StackId";
    event_id: required String, "EventId" as "EventId";
    stack_name: required String, "StackName" as "StackName";
    operation_id: optional String, "OperationId" as "OperationId";
    logical_resource_id: optional String, "LogicalResourceId" as "LogicalResourceId";
    physical_resource_id: optional String, "PhysicalResourceId" as "PhysicalResourceId";
    resource_type: optional String, "ResourceType" as "ResourceType" .length(1, 256);
    timestamp: required Timestamp, "Timestamp" as "Timestamp";
    resource_status: optional ResourceStatus, "ResourceStatus" as "ResourceStatus" .one_of(ResourceStatus::VALUES);
    resource_status_reason: optional String, "ResourceStatusReason" as "ResourceStatusReason";
    resource_properties: optional String, "ResourceProperties" as "ResourceProperties";
    client_request_token: optional String, "ClientRequestToken" as "ClientRequestToken" .length(1, 128) .pattern("[a-zA-Z0-9][-a-zA-Z0-9]*");
    hook_type: optional String, "HookType" as "HookType" .length(1, 255);
    hook_status: optional HookStatus, "HookStatus" as "HookStatus" .one_of(HookStatus::VALUES);
    hook_status_reason: optional String, "HookStatusReason" as "HookStatusReason" .length(1, 1024);
    hook_invocation_point: optional HookInvocationPoint, "HookInvocationPoint" as "HookInvocationPoint" .one_of(HookInvocationPoint::VALUES);
    hook_invocation_id: optional String, "HookInvocationId" as "HookInvocationId" .length(36, 36) .pattern("^[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}$");
    hook_failure_mode: optional HookFailureMode, "HookFailureMode" as "HookFailureMode" .one_of(HookFailureMode::VALUES);
    detailed_status: optional DetailedStatus, "DetailedStatus" as "DetailedStatus" .one_of(DetailedStatus::VALUES);
} }

structure! { StackResource "StackResource" {
    stack_name: optional String, "StackName" as "StackName";
    stack_id: optional String, "StackId" as "StackId";
    logical_resource_id: required String, "LogicalResourceId" as "LogicalResourceId";
    physical_resource_id: optional String, "PhysicalResourceId" as "PhysicalResourceId";
    resource_type: required String, "ResourceType" as "ResourceType" .length(1, 256);
    timestamp: required Timestamp, "Timestamp" as "Timestamp";
    resource_status: required ResourceStatus, "ResourceStatus" as "ResourceStatus" .one_of(ResourceStatus::VALUES);
    resource_status_reason: optional String, "ResourceStatusReason" as "ResourceStatusReason";
    description: optional String, "Description" as "Description" .length(1, 1024);
    drift_information: optional StackResourceDriftInformation, "DriftInformation" as "DriftInformation";
    module_info: optional ModuleInfo, "ModuleInfo" as "ModuleInfo";
} }

structure! { StackResourceDetail "StackResourceDetail" {
    stack_name: optional String, "StackName" as "StackName";
    stack_id: optional String, "StackId" as "StackId";
    logical_resource_id: required String, "LogicalResourceId" as "LogicalResourceId";
    physical_resource_id: optional String, "PhysicalResourceId" as "PhysicalResourceId";
    resource_type: required String, "ResourceType" as "ResourceType" .length(1, 256);
    last_updated_timestamp: required Timestamp, "LastUpdatedTimestamp" as "LastUpdatedTimestamp";
    resource_status: required ResourceStatus, "ResourceStatus" as "ResourceStatus" .one_of(ResourceStatus::VALUES);
    resource_status_reason: optional String, "ResourceStatusReason" as "ResourceStatusReason";
    description: optional String, "Description" as "Description" .length(1, 1024);
    metadata: optional String, "Metadata" as "Metadata";
    drift_information: optional StackResourceDriftInformation, "DriftInformation" as "DriftInformation";
    module_info: optional ModuleInfo, "ModuleInfo" as "ModuleInfo";
} }

structure! { StackResourceDrift "StackResourceDrift" {
    stack_id: required String, "StackId" as "StackId";
    logical_resource_id: required String, "LogicalResourceId" as "LogicalResourceId";
    physical_resource_id: optional String, "PhysicalResourceId" as "PhysicalResourceId";
    physical_resource_id_context: optional Vec<PhysicalResourceIdContextKeyValuePair>, "PhysicalResourceIdContext" as "PhysicalResourceIdContext" .length(0, 5);
    resource_type: required String, "ResourceType" as "ResourceType" .length(1, 256);
    expected_properties: optional String, "ExpectedProperties" as "ExpectedProperties";
    actual_properties: optional String, "ActualProperties" as "ActualProperties";
    property_differences: optional Vec<PropertyDifference>, "PropertyDifferences" as "PropertyDifferences";
    stack_resource_drift_status: required StackResourceDriftStatus, "StackResourceDriftStatus" as "StackResourceDriftStatus" .one_of(StackResourceDriftStatus::VALUES);
    timestamp: required Timestamp, "Timestamp" as "Timestamp";
    module_info: optional ModuleInfo, "ModuleInfo" as "ModuleInfo";
    drift_status_reason: optional String, "DriftStatusReason" as "DriftStatusReason";
} }

structure! { StackResourceDriftInformation "StackResourceDriftInformation" {
    stack_resource_drift_status: required StackResourceDriftStatus, "StackResourceDriftStatus" as "StackResourceDriftStatus" .one_of(StackResourceDriftStatus::VALUES);
    last_check_timestamp: optional Timestamp, "LastCheckTimestamp" as "LastCheckTimestamp";
} }

structure! { StackResourceDriftInformationSummary "StackResourceDriftInformationSummary" {
    stack_resource_drift_status: required StackResourceDriftStatus, "StackResourceDriftStatus" as "StackResourceDriftStatus" .one_of(StackResourceDriftStatus::VALUES);
    last_check_timestamp: optional Timestamp, "LastCheckTimestamp" as "LastCheckTimestamp";
} }

string_enum! { StackResourceDriftStatus {
    InSync = "IN_SYNC",
    Modified = "MODIFIED",
    Deleted = "DELETED",
    NotChecked = "NOT_CHECKED",
    Unknown = "UNKNOWN",
    Unsupported = "UNSUPPORTED",
} }

structure! { StackResourceSummary "StackResourceSummary" {
    logical_resource_id: required String, "LogicalResourceId" as "LogicalResourceId";
    physical_resource_id: optional String, "PhysicalResourceId" as "PhysicalResourceId";
    resource_type: required String, "ResourceType" as "ResourceType" .length(1, 256);
    last_updated_timestamp: required Timestamp, "LastUpdatedTimestamp" as "LastUpdatedTimestamp";
    resource_status: required ResourceStatus, "ResourceStatus" as "ResourceStatus" .one_of(ResourceStatus::VALUES);
    resource_status_reason: optional String, "ResourceStatusReason" as "ResourceStatusReason";
    drift_information: optional StackResourceDriftInformationSummary, "DriftInformation" as "DriftInformation";
    module_info: optional ModuleInfo, "ModuleInfo" as "ModuleInfo";
} }

string_enum! { StackStatus {
    CreateInProgress = "CREATE_IN_PROGRESS",
    CreateFailed = "CREATE_FAILED",
    CreateComplete = "CREATE_COMPLETE",
    RollbackInProgress = "ROLLBACK_IN_PROGRESS",
    RollbackFailed = "ROLLBACK_FAILED",
    RollbackComplete = "ROLLBACK_COMPLETE",
    DeleteInProgress = "DELETE_IN_PROGRESS",
    DeleteFailed = "DELETE_FAILED",
    DeleteComplete = "DELETE_COMPLETE",
    UpdateInProgress = "UPDATE_IN_PROGRESS",
    UpdateCompleteCleanupInProgress = "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS",
    UpdateComplete = "UPDATE_COMPLETE",
    UpdateFailed = "UPDATE_FAILED",
    UpdateRollbackInProgress = "UPDATE_ROLLBACK_IN_PROGRESS",
    UpdateRollbackFailed = "UPDATE_ROLLBACK_FAILED",
    UpdateRollbackCompleteCleanupInProgress = "UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS",
    UpdateRollbackComplete = "UPDATE_ROLLBACK_COMPLETE",
    ReviewInProgress = "REVIEW_IN_PROGRESS",
    ImportInProgress = "IMPORT_IN_PROGRESS",
    ImportComplete = "IMPORT_COMPLETE",
    ImportRollbackInProgress = "IMPORT_ROLLBACK_IN_PROGRESS",
    ImportRollbackFailed = "IMPORT_ROLLBACK_FAILED",
    ImportRollbackComplete = "IMPORT_ROLLBACK_COMPLETE",
} }

structure! { StackSummary "StackSummary" {
    stack_id: optional String, "StackId" as "StackId";
    stack_name: required String, "StackName" as "StackName";
    template_description: optional String, "TemplateDescription" as "TemplateDescription";
    creation_time: required Timestamp, "CreationTime" as "CreationTime";
    last_updated_time: optional Timestamp, "LastUpdatedTime" as "LastUpdatedTime";
    deletion_time: optional Timestamp, "DeletionTime" as "DeletionTime";
    stack_status: required StackStatus, "StackStatus" as "StackStatus" .one_of(StackStatus::VALUES);
    stack_status_reason: optional String, "StackStatusReason" as "StackStatusReason";
    parent_id: optional String, "ParentId" as "ParentId";
    root_id: optional String, "RootId" as "RootId";
    drift_information: optional StackDriftInformationSummary, "DriftInformation" as "DriftInformation";
    last_operations: optional Vec<OperationEntry>, "LastOperations" as "LastOperations";
} }

structure! { Tag "Tag" {
    key: required String, "Key" as "Key" .length(1, 128);
    value: required String, "Value" as "Value" .length(1, 256);
} }

structure! { TemplateParameter "TemplateParameter" {
    parameter_key: optional String, "ParameterKey" as "ParameterKey";
    default_value: optional String, "DefaultValue" as "DefaultValue";
    no_echo: optional bool, "NoEcho" as "NoEcho";
    description: optional String, "Description" as "Description" .length(1, 1024);
} }

string_enum! { TemplateStage {
    Original = "Original",
    Processed = "Processed",
} }

structure! { TemplateSummaryConfig "TemplateSummaryConfig" {
    treat_unrecognized_resource_types_as_warnings: optional bool, "TreatUnrecognizedResourceTypesAsWarnings" as "TreatUnrecognizedResourceTypesAsWarnings";
} }

structure! { UpdateStackInput "UpdateStackInput" {
    stack_name: required String, "StackName" as "StackName";
    template_body: optional String, "TemplateBody" as "TemplateBody" .length(1, u64::MAX);
    template_url: optional String, "TemplateURL" as "TemplateURL" .length(1, 5120);
    use_previous_template: optional bool, "UsePreviousTemplate" as "UsePreviousTemplate";
    stack_policy_during_update_body: optional String, "StackPolicyDuringUpdateBody" as "StackPolicyDuringUpdateBody" .length(1, 16384);
    stack_policy_during_update_url: optional String, "StackPolicyDuringUpdateURL" as "StackPolicyDuringUpdateURL" .length(1, 5120);
    parameters: optional Vec<Parameter>, "Parameters" as "Parameters";
    capabilities: optional Vec<Capability>, "Capabilities" as "Capabilities";
    resource_types: optional Vec<String>, "ResourceTypes" as "ResourceTypes";
    role_arn: optional String, "RoleARN" as "RoleARN" .length(20, 2048);
    rollback_configuration: optional RollbackConfiguration, "RollbackConfiguration" as "RollbackConfiguration";
    stack_policy_body: optional String, "StackPolicyBody" as "StackPolicyBody" .length(1, 16384);
    stack_policy_url: optional String, "StackPolicyURL" as "StackPolicyURL" .length(1, 5120);
    notification_arns: optional Vec<String>, "NotificationARNs" as "NotificationARNs" .length(0, 5);
    tags: optional Vec<Tag>, "Tags" as "Tags" .length(0, 50);
    disable_rollback: optional bool, "DisableRollback" as "DisableRollback";
    client_request_token: optional String, "ClientRequestToken" as "ClientRequestToken" .length(1, 128) .pattern("[a-zA-Z0-9][-a-zA-Z0-9]*");
    retain_except_on_create: optional bool, "RetainExceptOnCreate" as "RetainExceptOnCreate";
} }

structure! { UpdateStackOutput "UpdateStackOutput" {
    stack_id: optional String, "StackId" as "StackId";
    operation_id: optional String, "OperationId" as "OperationId";
} }

structure! { UpdateTerminationProtectionInput "UpdateTerminationProtectionInput" {
    enable_termination_protection: required bool, "EnableTerminationProtection" as "EnableTerminationProtection";
    stack_name: required String, "StackName" as "StackName" .length(1, u64::MAX) .pattern("([a-zA-Z][-a-zA-Z0-9]*)|(arn:\\b(aws|aws-us-gov|aws-cn)\\b:[-a-zA-Z0-9:/._+]*)");
} }

structure! { UpdateTerminationProtectionOutput "UpdateTerminationProtectionOutput" {
    stack_id: optional String, "StackId" as "StackId";
} }

structure! { ValidateTemplateInput "ValidateTemplateInput" {
    template_body: optional String, "TemplateBody" as "TemplateBody" .length(1, u64::MAX);
    template_url: optional String, "TemplateURL" as "TemplateURL" .length(1, 5120);
} }

structure! { ValidateTemplateOutput "ValidateTemplateOutput" {
    parameters: optional Vec<TemplateParameter>, "Parameters" as "Parameters";
    description: optional String, "Description" as "Description" .length(1, 1024);
    capabilities: optional Vec<Capability>, "Capabilities" as "Capabilities";
    capabilities_reason: optional String, "CapabilitiesReason" as "CapabilitiesReason";
    declared_transforms: optional Vec<String>, "DeclaredTransforms" as "DeclaredTransforms";
} }

string_enum! { ValidationStatus {
    Failed = "FAILED",
    Skipped = "SKIPPED",
} }

structure! { Warnings "Warnings" {
    unrecognized_resource_types: optional Vec<String>, "UnrecognizedResourceTypes" as "UnrecognizedResourceTypes";
} }
