/**
 * Columns of tracelog, one a line, in the notation of parse-facts.ts.
 * Source: Microsoft Learn, table reference "tracelog" (powerapps-docs, reference/entities/tracelog.md).
 */

export const tracelogFacts = `
canbedeleted CanBeDeleted Boolean RC- - =true
collationlevel CollationLevel Integer RC- - 0..2147483647
createdby CreatedBy Lookup R-- S -> createdby:systemuser
createdon CreatedOn DateTime R-- -
createdonbehalfby CreatedOnBehalfBy Lookup R-- - -> createdonbehalfby:systemuser
errordetails ErrorDetails String RC- - len 2048
errortypedisplay ErrorTypeDisplay String RC- - len 320
isunique IsUnique Boolean RC- - =false
level Level Picklist RC- A =1 {1 Information | 2 Warning | 3 Error}
machinename MachineName String RC- - len 320
modifiedby ModifiedBy Lookup R-- - -> modifiedby:systemuser
modifiedon ModifiedOn DateTime R-- -
modifiedonbehalfby ModifiedOnBehalfBy Lookup R-- - -> modifiedonbehalfby:systemuser
organizationid OrganizationId Lookup R-- S -> organizationid:organization
parenttracelogid ParentTraceLogId Lookup RC- - -> parenttracelogid:tracelog
regardingobjectid RegardingObjectId Lookup RC- S -> regardingobjectid_emailserverprofile:emailserverprofile, regardingobjectid_mailbox:mailbox
regardingobjectowningbusinessunit RegardingObjectOwningBusinessUnit Lookup R-- - -> regardingobjectowningbusinessunit:businessunit
text Text String RC- - len 2000
timezoneruleversionnumber TimeZoneRuleVersionNumber Integer RC- - -1..2147483647
traceactionxml TraceActionXml Memo RC- - len 1073741823
tracecode TraceCode Integer RC- S 0..1000000000
tracedetailxml TraceDetailXml Memo RC- - len 1073741823
tracelogid TraceLogId Uniqueidentifier RC- S
traceparameterhash TraceParameterHash Integer R-- - -2147483648..2147483647
traceparameterxml TraceParameterXml Memo RC- - len 1073741823
traceregardingid TraceRegardingId Lookup --- S -> traceregardingid:traceregarding
tracestatus TraceStatus Boolean RC- - =false
utcconversiontimezonecode UTCConversionTimeZoneCode Integer RC- - -1..2147483647
`;
