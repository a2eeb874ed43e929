using Microsoft.Extensions.Options;

namespace FieldNet.Dashboard;

[OptionsValidator]
internal sealed partial class DashboardOptionsValidator : IValidateOptions<DashboardOptions>;
