"""Names of BEA's detail sectors of 2017 that hold several NAICS industries, or none.

From USEPA/useeior, inst/extdata/Crosswalk_DetailIndustrytoCommodityName2017Schema.csv, commit
10fb430. A sector of one industry bears the title of that industry; the last
word of 33351B, manufacturing, is left out.
"""

from __future__ import annotations

_TEXT = """
1111A0 Oilseed farming
1111B0 Grain farming
111200 Vegetable and melon farming
111300 Fruit and tree nut farming
111400 Greenhouse, nursery, and floriculture production
111900 Other crop farming
1121A0 Beef cattle ranching and farming, including feedlots and dual-purpose ranching and farming
112300 Poultry and egg production
112A00 Animal production, except cattle and poultry and eggs
113000 Forestry and logging
114000 Fishing, hunting and trapping
211000 Oil and gas extraction
212100 Coal mining
2122A0 Iron, gold, silver, and other metal ore mining
212310 Stone mining and quarrying
2123A0 Other nonmetallic mineral mining and quarrying
21311A Other support activities for mining
221100 Electric power generation, transmission, and distribution
311210 Flour milling and malt manufacturing
311300 Sugar and confectionery product manufacturing
311410 Frozen food manufacturing
311420 Fruit and vegetable canning, pickling, and drying
31151A Fluid milk and butter manufacturing
31161A Animal (except poultry) slaughtering, rendering, and processing
311810 Bread and bakery product manufacturing
3118A0 Cookie, cracker, pasta, and tortilla manufacturing
311910 Snack food manufacturing
311940 Seasoning and dressing manufacturing
311990 All other food manufacturing
312110 Soft drink and ice manufacturing
313200 Fabric mills
313300 Textile and fabric finishing and fabric coating mills
314900 Other textile product mills
315000 Apparel manufacturing
316000 Leather and allied product manufacturing
321100 Sawmills and wood preservation
321200 Veneer, plywood, and engineered wood product manufacturing
321910 Millwork
3219A0 All other wood product manufacturing
322120 Paper mills
322210 Paperboard container manufacturing
323110 Printing
324190 Other petroleum and coal products manufacturing
325190 Other basic organic chemical manufacturing
3252A0 Synthetic rubber and artificial and synthetic fibers and filaments manufacturing
325310 Fertilizer manufacturing
325610 Soap and cleaning compound manufacturing
3259A0 All other chemical product and preparation manufacturing
326110 Plastics packaging materials and unlaminated film and sheet manufacturing
326120 Plastics pipe, pipe fitting, and unlaminated profile shape manufacturing
326190 Other plastics product manufacturing
326210 Tire manufacturing
326290 Other rubber product manufacturing
327100 Clay product and refractory manufacturing
327200 Glass and glass product manufacturing
327330 Concrete pipe, brick, and block manufacturing
327400 Lime and gypsum product manufacturing
331200 Steel product manufacturing from purchased steel
331490 Nonferrous metal (except copper and aluminum) rolling, drawing, extruding and alloying
331510 Ferrous metal foundries
331520 Nonferrous metal foundries
33211A All other forging, stamping, and sintering
332200 Cutlery and handtool manufacturing
332310 Plate work and fabricated structural product manufacturing
332320 Ornamental and architectural metal products manufacturing
332430 Metal can, box, and other metal container (light gauge) manufacturing
332600 Spring and wire product manufacturing
332720 Turned product and screw, nut, and bolt manufacturing
33291A Valve and fittings other than plumbing
33299A Ammunition, arms, ordnance, and accessories manufacturing
333130 Mining and oil and gas field machinery manufacturing
33329A Other industrial machinery manufacturing
33351B Cutting and machine tool accessory, rolling mill, and other metalworking machinery
333920 Material handling equipment manufacturing
33399A Other general purpose machinery manufacturing
33399B Fluid power process machinery
33441A Other electronic component manufacturing
334610 Manufacturing and reproducing magnetic and optical media
335120 Lighting fixture manufacturing
335920 Communication and energy wire and cable manufacturing
335930 Wiring device manufacturing
3363A0 Motor vehicle steering, suspension component (except spring), and brake systems manufacturing
33641A Propulsion units and parts for space vehicles and guided missiles
33712N Other household nonupholstered furniture
33721A Office furniture and custom architectural woodwork and millwork manufacturing
337900 Other furniture related product manufacturing
339990 All other miscellaneous manufacturing
481000 Air transportation
492000 Couriers and messengers
5111A0 Directory, mailing list, and other publishers
512100 Motion picture and video industries
512200 Sound recording industries
517A00 Satellite, telecommunications resellers, and all other telecommunications
5191A0 News syndicates, libraries, archives and all other information services
522A00 Nondepository credit intermediation and related activities
523900 Other financial investment activities
523A00 Securities and commodity contracts intermediation and brokerage
5241XX Insurance carriers, except direct life
524200 Insurance agencies, brokerages, and related activities
52A000 Monetary authorities and depository credit intermediation
541100 Legal services
541200 Accounting, tax preparation, bookkeeping, and payroll services
541300 Architectural, engineering, and related services
54151A Other computer related services, including facilities management
541610 Management consulting services
5416A0 Environmental and other technical consulting services
541700 Scientific research and development services
541800 Advertising, public relations, and related services
541920 Photographic services
5419A0 All other miscellaneous professional, scientific, and technical services
561300 Employment services
561400 Business support services
561500 Travel arrangement and reservation services
561600 Investigation and security services
561700 Services to buildings and dwellings
561900 Other support services
562000 Waste management and remediation services
611A00 Junior colleges, colleges, universities, and professional schools
611B00 Other educational services
711100 Performing arts companies
711200 Spectator sports
711A00 Promoters of performing arts and sports and agents for public figures
712000 Museums, historical sites, zoos, and parks
811100 Automotive repair and maintenance (including car washes)
811200 Electronic and precision equipment repair and maintenance
811400 Personal and household goods repair and maintenance
S00102 Other federal government enterprises
S00402 Used and secondhand goods
"""
SEVERAL: dict[str, str] = {
    code: name for code, _, name in (line.partition(" ") for line in _TEXT.strip().splitlines())
}
