(function value: (_) @function.inside) @function.around
(lambda value: (_) @function.inside) @function.around

(component body: (body) @class.inside) @class.around
(schema body: (record_type) @class.inside) @class.around
(policy body: (body) @class.inside) @class.around

(test body: (body) @test.inside) @test.around

(entry value: (_) @entry.inside) @entry.around
(parameter) @parameter.inside
(argument) @parameter.inside

[(comment) (documentation)] @comment.inside
[(comment) (documentation)]+ @comment.around
